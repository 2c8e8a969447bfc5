/** The named queries against the library's own answers, on both engines and in stock shells, and what free SQL may not do. */
package org.dacite.query;
