package org.dacite.cli;

/**
 * A column of an answer.
 *
 * @param name what it is called
 * @param text whether all its values are text, or bytes that are shown as text; else each is what it is
 * @param optional whether it is left out where it holds nothing: of a JSON object, and of a table of which all rows do so
 */
record RowColumn(String name, boolean text, boolean optional) {
    /** A column of text, or of bytes shown as text. */
    static RowColumn ofText(String name) {
        return new RowColumn(name, true, false);
    }

    /** A column whose values are what they are. */
    static RowColumn ofAny(String name) {
        return new RowColumn(name, false, false);
    }

    RowColumn leftOutWhereEmpty() {
        return new RowColumn(name, text, true);
    }
}
