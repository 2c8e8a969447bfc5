/** The pages that people read, held against what the code does. */
package org.dacite.docs;
