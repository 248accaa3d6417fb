package io.esdb;

import java.io.Serial;

/** An argument breaks a rule. Nothing was written; the same call will fail again. */
public class InvalidInput extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the argument or the component of it, as the API names it
     * @param problem the rule that it breaks, with the offending value when that is short
     */
    public InvalidInput(String field, String problem) {
        super(field + " " + problem, null);
        this.field = field;
    }

    /** The argument or the component of it, as the API names it. */
    public String field() {
        return field;
    }
}
