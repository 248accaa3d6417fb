package io.esdb.storage.rocks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that is mounted at a folder, where the tests have the right to do that. */
final class SmallVolume implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    SmallVolume(Path folder, String size) throws IOException {
        this.folder = folder;
        this.mounted = "root".equals(System.getProperty("user.name"))
                && System.getProperty("os.name").equals("Linux")
                && run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    }

    boolean isMounted() {
        return mounted;
    }

    void resize(String size) throws IOException {
        remount("size=" + size);
    }

    void forbidWrites() throws IOException {
        remount("ro");
    }

    private void remount(String option) throws IOException {
        if (!run("mount", "-o", "remount," + option, folder.toString())) {
            throw new IOException(folder + " could not be mounted again with " + option);
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            run("umount", folder.toString());
        }
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw new IOException("interrupted while waiting for " + command[0], e);
        }
    }
}
