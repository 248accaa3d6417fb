package io.esdb.json;

/** What came of holding a {@link JsonPattern} against data. */
public enum JsonMatch {
    /** The data fits the pattern. */
    MATCH,

    /** The data is JSON and does not fit. */
    DIFFERENT,

    /** The data is not one JSON document in UTF-8, or an object in it has a name twice. */
    MALFORMED,

    /** The data breaks a bound of {@link JsonLimits#defaults} and was not looked at further. */
    OVER_LIMIT
}
