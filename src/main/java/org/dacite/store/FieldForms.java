package org.dacite.store;

/** How an engine reads typed fields out of values that are JSON objects, in a statement over {@link #states}. Stateless. */
interface FieldForms {
    /** The rows of {@code state_at} as {@code s}, with what the expressions need. */
    String states();

    /** The expression of a field as a type; null where it is not there or not of that type. */
    String field(String name, FieldViews.FieldType type);

    /** The expression for whether a field is there, and not null. */
    String isGiven(String name);

    /** The expression for whether a value is an object. */
    String isObject();
}
