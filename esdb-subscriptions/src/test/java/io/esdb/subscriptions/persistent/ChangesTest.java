package io.esdb.subscriptions.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.spi.DocumentKey;
import io.esdb.subscriptions.persistent.Changes.Seen;
import io.esdb.subscriptions.persistent.Keys.Note;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is remembered of changed documents. */
class ChangesTest {
    private static final UUID ID = new UUID(1, 2);

    private final Changes changes = new Changes();
    private final Seen atFirst = changes.take();

    @Test
    void atFirstAllMayHaveChangedAndThenWhatIsNamed() {
        assertThat(atFirst.all()).isTrue();
        assertThat(changes.take().isNothing()).isTrue();
        Set<DocumentKey> keys = Set.of(
                Keys.definition("ü"),
                Keys.definition("b"),
                Keys.note(ID, Note.REPLAY, 7),
                Keys.note(ID, Note.REPLAY, 8));
        assertThat(changes.add(keys)).isTrue();
        assertThat(changes.take()).isEqualTo(new Seen(false, Set.of("ü", "b"), Set.of(ID)));
        assertThat(changes.take().isNothing()).isTrue();
    }

    @Test
    void whatPoolsStoreOfEventsConcernsNobody() {
        Set<DocumentKey> keys = Set.of(
                Keys.claim(ID),
                Keys.place(ID),
                Keys.note(ID, Note.RETRY, 1),
                Keys.note(ID, Note.DONE, 1),
                Keys.note(ID, Note.PARKED, 1));
        assertThat(changes.add(keys)).isFalse();
        assertThat(changes.take().isNothing()).isTrue();
    }

    @Test
    void ifItIsNotSaidWhatHasChangedAllMayHave() {
        changes.add("a");
        assertThat(changes.add(Set.of())).isTrue();
        assertThat(changes.take()).isEqualTo(new Seen(true, Set.of(), Set.of()));
    }

    @Test
    void tooManyAreNotNamedOneByOne() {
        for (int i = 0; i < 2_001; i++) {
            assertThat(changes.add(Set.of(Keys.definition("s" + i)))).isTrue();
        }
        assertThat(changes.take().all()).isTrue();
    }
}
