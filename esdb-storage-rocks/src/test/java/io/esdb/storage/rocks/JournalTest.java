package io.esdb.storage.rocks;

import static io.esdb.storage.rocks.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.StorageException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final int FEW = 50;

    @TempDir
    Path folder;

    private long stored;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCommitIsReadInOrder(boolean synced) throws IOException {
        fill(synced, 1, FEW, 700);

        assertThat(replayed(0)).isEqualTo(commits(1, FEW));
        assertThat(replayed(20)).isEqualTo(commits(21, FEW));
        assertThat(replayed(FEW)).isEmpty();
    }

    @Test
    void aCommitOfAnySizeIsRead() throws IOException {
        int[] sizes = {0, 1, 7, 8, 9, 300_000, 40, JournalFile.MOST_BYTES + 1, 3, 1 << 20};
        Journal journal = journal(true);
        for (int i = 0; i < sizes.length; i++) {
            journal.append(i + 1, batch(i + 1, sizes[i]));
        }
        journal.close();

        List<Integer> read = new ArrayList<>();
        long last = JournalReplay.run(folder, 0, (number, batch) -> {
            assertThat(batch).isEqualTo(batch(number, sizes[(int) number - 1]));
            read.add(batch.length);
        });
        assertThat(read).containsExactlyElementsOf(Arrays.stream(sizes).boxed().toList());
        assertThat(last).isEqualTo(sizes.length);
    }

    @Test
    void aJournalMayBeginWithAnyCommit() throws IOException {
        fill(true, 1_000, 1_010, 100);

        assertThat(replayed(999)).isEqualTo(commits(1_000, 1_010));
        assertThat(replayed(1_005)).isEqualTo(commits(1_006, 1_010));
    }

    @Test
    void filesThatAreNotNeededAreUsedAgainAndWhatTheyHeldIsGone() throws IOException {
        Journal journal = journal(false);
        int perFile = JournalFile.MOST_BYTES / (1 << 20);
        int commits = 20 * perFile;
        for (int i = 1; i <= commits; i++) {
            journal.append(i, batch(i, (1 << 20) - 100));
            stored = Math.max(0, i - perFile);
        }
        journal.close();

        assertThat(Journal.files(folder)).hasSizeLessThanOrEqualTo(4);
        assertThat(replayed(stored)).isEqualTo(commits(stored + 1, commits));
        assertThat(replayed(0)).as("what the files held before").isEmpty();
    }

    @Test
    void filesThatAreNeededStay() throws IOException {
        Journal journal = journal(false);
        for (int i = 1; i <= 100; i++) {
            journal.append(i, batch(i, 1 << 20));
        }
        journal.close();

        assertThat(Journal.files(folder)).hasSizeGreaterThan(5);
        assertThat(replayed(0)).isEqualTo(commits(1, 100));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTornLastCommitIsNotThereAndNothingElseIsMissing(boolean synced) throws IOException {
        fill(synced, 1, FEW, 700);
        byte[] whole = Files.readAllBytes(file());
        int start = JournalFormat.HEADER_BYTES + (FEW - 1) * JournalFormat.frameBytes(700);
        for (int kept = start; kept < start + JournalFormat.FRAME_BYTES + 700; kept += 13) {
            byte[] torn = Arrays.copyOf(whole, whole.length);
            Arrays.fill(torn, kept, torn.length, (byte) 0);
            Files.write(file(), torn);
            assertThat(replayed(0)).as("torn at " + kept).isEqualTo(commits(1, FEW - 1));
        }
    }

    @Test
    void damageBeforeTheEndIsNoticedWhereEachCommitWasOnDiskBeforeTheNext() throws IOException {
        fill(true, 1, FEW, 700);
        int end = JournalFormat.HEADER_BYTES + (FEW - 1) * JournalFormat.frameBytes(700);
        for (int at = JournalFormat.HEADER_BYTES; at < end; at += 501) {
            Folders.flip(file(), at);
            assertFails(Kind.CORRUPT, () -> replayed(0));
            Folders.flip(file(), at);
        }
        assertThat(replayed(0)).hasSize(FEW);
    }

    @Test
    void damageEndsAJournalThatIsNotSynced() throws IOException {
        fill(false, 1, FEW, 700);
        Folders.flip(file(), JournalFormat.HEADER_BYTES + 10 * JournalFormat.frameBytes(700) + 20);

        assertThat(replayed(0)).isEqualTo(commits(1, 10));
    }

    @Test
    void aMissingFileIsNoticedIfALaterOneWasSynced() throws IOException {
        Journal journal = journal(true);
        for (int i = 1; i <= 40; i++) {
            journal.append(i, batch(i, 1 << 20));
        }
        journal.close();
        List<Path> files = byNumber();
        assertThat(files).hasSize(3);
        Files.delete(files.get(1));

        assertThat(assertFails(Kind.CORRUPT, () -> replayed(0))).hasMessageContaining("is missing");
    }

    @Test
    void whatLooksLikeAFrameInsideABatchIsNotOne() throws IOException {
        fill(true, 1, 3, 700);
        byte[] frames = Files.readAllBytes(file());
        Journal.clear(folder);
        Journal journal = journal(true);
        journal.append(1, Arrays.copyOfRange(frames, JournalFormat.HEADER_BYTES, 4_096));
        journal.close();
        Folders.flip(file(), JournalFormat.HEADER_BYTES); // the frame around them is torn

        assertThat(replayed(0)).isEmpty();
    }

    @Test
    void aFileWithADamagedHeaderHoldsNothing() throws IOException {
        fill(true, 1, FEW, 700);
        for (int at = 0; at < 36; at++) {
            Folders.flip(file(), at);
            assertThat(replayed(0)).isEmpty();
            Folders.flip(file(), at);
        }
    }

    @Test
    void aFileGrowsInStepsAheadOfWhatIsWritten() throws IOException {
        Journal journal = journal(true);
        List<Long> lengths = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            journal.append(i, batch(i, 500));
            lengths.add(Files.size(file()));
        }
        journal.close();

        assertThat(lengths.stream().distinct()).hasSizeLessThan(6);
    }

    private void fill(boolean synced, long first, long last, int bytes) throws IOException {
        Journal journal = journal(synced);
        for (long i = first; i <= last; i++) {
            journal.append(i, batch(i, bytes));
        }
        journal.close();
    }

    private Journal journal(boolean synced) {
        return new Journal(folder, synced, () -> stored);
    }

    private Path file() throws IOException {
        List<Path> files = Journal.files(folder);
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private List<Path> byNumber() throws IOException {
        return Journal.files(folder).stream()
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    /** The numbers of the commits, each of which has to have the content that it was given. */
    private List<Long> replayed(long after) throws IOException {
        List<Long> commits = new ArrayList<>();
        long last = JournalReplay.run(folder, after, (number, batch) -> {
            assertThat(batch).isEqualTo(batch(number, batch.length));
            commits.add(number);
        });
        assertThat(last).isEqualTo(commits.isEmpty() ? after : commits.get(commits.size() - 1));
        return commits;
    }

    private static List<Long> commits(long first, long last) {
        List<Long> commits = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            commits.add(i);
        }
        return commits;
    }

    private static byte[] batch(long number, int bytes) {
        byte[] batch = new byte[bytes];
        new Random(number).nextBytes(batch);
        if (bytes >= Long.BYTES) {
            ByteBuffer.wrap(batch).putLong(number);
        }
        return batch;
    }
}
