package io.esdb;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a backup holds.
 *
 * @param folder where it is
 * @param store the id of the store it was taken from
 * @param lastPosition the last event in it, -1 for none; it holds every event up to this one and none after
 * @param appliedIndex the index of the last command in it
 * @param stateDigest the store's digest at that index, see {@link StoreStatistics#stateDigest}
 */
public record BackupInfo(Path folder, UUID store, long lastPosition, long appliedIndex, String stateDigest) {}
