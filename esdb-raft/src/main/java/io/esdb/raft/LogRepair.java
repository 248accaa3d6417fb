package io.esdb.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Brings the files of a log into a state that Ratis starts with: cut off behind the last whole entry, without
 * segments that are of no use. What was there is kept aside. A crash on the way leaves something to repair again.
 */
final class LogRepair {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSSSSS").withZone(ZoneOffset.UTC);

    private final LogFiles files;
    private final Path aside;

    /**
     * @param group the group's folder, which gets a new one for what is taken away
     * @param files what was found
     */
    LogRepair(Path group, LogFiles files) {
        this.files = files;
        this.aside = group.resolve("torn-" + TIME.format(Instant.now()));
    }

    /** Whether Ratis cannot go on with these files, given what the storage holds. */
    static boolean isNeeded(LogFiles files, long applied) {
        return files.damage().isPresent() || !files.obsolete().isEmpty() || isBehind(files, applied);
    }

    /** Ratis would append behind the last entry, and leave a gap. */
    private static boolean isBehind(LogFiles files, long applied) {
        return !files.segments().isEmpty() && files.last().index() < applied;
    }

    /** Returns the folder with what was taken away. */
    Path run(long applied) throws IOException {
        SyncedFiles.createFolders(aside);
        for (Path file : files.obsolete()) {
            takeAway(file);
        }
        List<Path> segments = files.segments();
        if (isBehind(files, applied)) {
            takeFrom(segments, 0);
        } else if (files.damage().isPresent()) {
            cut(segments, files.damage().get());
        }
        return aside;
    }

    private void cut(List<Path> segments, LogDamage damage) throws IOException {
        int damaged = segments.indexOf(damage.file());
        takeFrom(segments, damage.keep() ? damaged + 1 : damaged);
        if (damage.keep()) {
            SyncedFiles.copy(damage.file(), aside.resolve(damage.file().getFileName()));
            SyncedFiles.truncate(damage.file(), damage.offset());
            Path named = files.newest().orElseThrow().endingWith(files.last().index());
            if (!named.equals(damage.file())) {
                SyncedFiles.move(damage.file(), named);
            }
        }
    }

    /** From the end, so that a crash leaves the same damage to find. */
    private void takeFrom(List<Path> segments, int from) throws IOException {
        for (int i = segments.size() - 1; i >= from; i--) {
            takeAway(segments.get(i));
        }
    }

    private void takeAway(Path file) throws IOException {
        SyncedFiles.move(file, aside.resolve(file.getFileName()));
    }
}
