/** The rules of the house as tests: what may see what, how the sources are kept, that the documents tell the truth. */
package org.dacite.house;
