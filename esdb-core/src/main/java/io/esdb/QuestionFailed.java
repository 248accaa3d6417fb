package io.esdb;

import java.io.Serial;

/** The leader was reached and could not answer a question. */
public final class QuestionFailed extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String reason;

    /**
     * @param store the store's name
     * @param reason why, as the leader says
     */
    public QuestionFailed(String store, String reason) {
        super("store '" + store + "' has no answer: " + reason, null);
        this.store = store;
        this.reason = reason;
    }

    /** The store's name. */
    public String store() {
        return store;
    }

    /** Why, as the leader says. */
    public String reason() {
        return reason;
    }
}
