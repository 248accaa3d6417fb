package io.esdb.storage.rocks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esdb.BackupInfo;
import io.esdb.EventData;
import io.esdb.EventStore;
import io.esdb.ExpectedRevision;
import io.esdb.StoreUnavailable;
import io.esdb.host.EventStores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup on another file system, mounted at the very folder, as containers have it; takes the right to mount one. */
class BackupToVolumeTest {
    @TempDir
    Path temp;

    @TempDir
    Path mountPoint;

    @Test
    void aBackupFillsAnEmptyVolumeLeavesOneEmptyThatIsTooSmallAndIsRestoredFromOneThatCannotBeWritten()
            throws Exception {
        try (SmallVolume volume = new SmallVolume(mountPoint, "256k");
                EventStores stores = Setup.SYNC_SMALL_BUFFERS.open(temp)) {
            assumeTrue(volume.isMounted(), "cannot mount a small file system here");
            EventStore store = Setup.SYNC_SMALL_BUFFERS.openStore(stores);
            store.append("a", ExpectedRevision.any(), EventData.bytes("Large", new byte[512 << 10]));

            assertThatThrownBy(() -> store.backup(mountPoint)).isInstanceOf(StoreUnavailable.class);
            assertThat(mountPoint).isEmptyDirectory();
            volume.resize("64m");
            BackupInfo backup = store.backup(mountPoint);

            assertThat(backup.lastPosition()).isZero();
            volume.forbidWrites();
            assertThat(stores.restore(mountPoint, "restored").stateDigest()).isEqualTo(backup.stateDigest());
        }
    }
}
