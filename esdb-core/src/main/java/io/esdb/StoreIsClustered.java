package io.esdb;

import java.io.Serial;
import java.nio.file.Path;

/**
 * The folder belongs to a member of a cluster and was to be opened without the cluster. What this node has not stored
 * yet lies in the cluster's log, so opening it alone takes a step of its own; see the documentation of the cluster.
 */
public final class StoreIsClustered extends EsdbException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String folder;

    /**
     * @param store the store's name
     * @param folder its folder
     */
    public StoreIsClustered(String store, Path folder) {
        super("store '" + store + "' in " + folder + " belongs to a cluster and cannot be opened without it", null);
        this.store = store;
        this.folder = folder.toString();
    }

    /** The store's name. */
    public String store() {
        return store;
    }

    /** Its folder. */
    public Path folder() {
        return Path.of(folder);
    }
}
