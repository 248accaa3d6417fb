package io.esdb.raft.testkit.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file system on a disk of its own, which forgets what was not flushed when its power is cut. */
final class Disk implements AutoCloseable {
    private static final String MEGABYTES = "1500";

    private final Path script;
    private final Path labs;
    private final String name;

    private Disk(Path script, Path labs, String name) {
        this.script = script;
        this.labs = labs;
        this.name = name;
    }

    /**
     * Mounts a new one.
     *
     * @param tools where the disk's programs are
     * @param labs where it and its mount go
     * @param seed which blocks survive a cut of the power
     */
    static Disk up(Path tools, Path labs, String name, long seed) throws IOException, InterruptedException {
        Disk disk = new Disk(tools.resolve("powerlab.sh"), labs, name);
        try {
            disk.run("up", MEGABYTES, "ext4", Long.toUnsignedString(seed));
        } catch (IOException | InterruptedException e) {
            disk.close();
            throw e;
        }
        return disk;
    }

    private void run(String command, String... arguments) throws IOException, InterruptedException {
        Shell.run(Stream.of(
                        List.of("env", "PLROOT=" + labs, "bash", script.toString(), command, name), List.of(arguments))
                .flatMap(List::stream)
                .toList());
    }

    Path folder() {
        return labs.resolve(name).resolve("data");
    }

    /** From now on nothing is written or read any more. Each block that was not flushed survives with a probability. */
    void cutPower(double survival) throws IOException, InterruptedException {
        run("ctl", "cut " + survival);
    }

    /** The power is back, and the file system mounted again. Nobody uses it. */
    void restart() throws IOException, InterruptedException {
        run("powercycle", "cut 0");
    }

    @Override
    public void close() {
        try {
            run("down");
        } catch (IOException e) {
            System.err.println("disk " + name + " is left below " + labs + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
