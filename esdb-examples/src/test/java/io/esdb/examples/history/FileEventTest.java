package io.esdb.examples.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.examples.history.FileEvent.FileChanged;
import io.esdb.examples.history.FileEvent.FileCreated;
import io.esdb.examples.history.FileEvent.FileDeleted;
import org.junit.jupiter.api.Test;

class FileEventTest {
    @Test
    void linesAddUp() {
        assertThat(fold(new FileCreated("f", 5), new FileChanged("f", 3, 2))).isEqualTo(new FileState.Text(6));
    }

    @Test
    void deletedFileIsAbsentAndStartsAnewWhenCreatedAgain() {
        assertThat(fold(new FileCreated("f", 5), new FileDeleted("f", 5))).hasToString("absent");
        assertThat(fold(new FileCreated("f", 5), new FileDeleted("f", 5), new FileCreated("f", 1)))
                .isEqualTo(new FileState.Text(1));
    }

    @Test
    void textMayBecomeBinaryAndTextAgain() {
        assertThat(fold(new FileCreated("f", 5), new FileChanged("f", null, null)))
                .hasToString("binary");
        assertThat(fold(new FileCreated("f", null), new FileChanged("f", 4, null)))
                .isEqualTo(new FileState.Text(4));
        assertThat(fold(new FileCreated("f", null), new FileDeleted("f", null))).hasToString("absent");
    }

    @Test
    void linesChangedWhereThereWasNoTextAreNotGuessed() {
        assertThat(fold(new FileChanged("f", 3, 2))).isEqualTo(FileState.Unreadable.UNREADABLE);
        assertThat(fold(new FileCreated("f", null), new FileChanged("f", 3, 2)))
                .hasToString("changed without having been created as text");
    }

    private static FileState fold(FileEvent... events) {
        FileState state = FileState.Absent.ABSENT;
        for (FileEvent event : events) {
            state = event.applyTo(state);
        }
        return state;
    }
}
