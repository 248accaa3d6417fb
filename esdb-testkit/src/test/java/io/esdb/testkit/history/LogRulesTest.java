package io.esdb.testkit.history;

import static io.esdb.testkit.history.Story.event;
import static io.esdb.testkit.history.Story.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the checker refuses in the content of nodes, whatever clients saw of it. */
class LogRulesTest {
    private final Story story = new Story();

    @Test
    void positionsWithAGap() {
        story.appended(1, 2, to("a", event()));
        story.change(0, event -> with(event, 1, event.revision(), event.metadata(), event.createdMicros()));

        assertThat(story.broken()).contains(Rule.POSITIONS_DENSE);
    }

    @Test
    void aHoleWhereAnEventWas() {
        story.appended(1, 2, to("a", event()));
        story.appended(3, 4, to("a", event()));
        story.log().remove(0);

        assertThat(story.broken()).contains(Rule.POSITIONS_DENSE, Rule.REVISIONS_DENSE, Rule.ACKNOWLEDGED_KEPT);
    }

    @Test
    void revisionsWithAGap() {
        story.appended(1, 2, to("a", event()));
        story.change(0, event -> with(event, 0, 1, event.metadata(), event.createdMicros()));

        assertThat(story.broken()).contains(Rule.REVISIONS_DENSE);
    }

    @Test
    void anEventThatStandsTwice() {
        RecordedEvent first = written();
        story.log().add(with(first, 1, 1, first.metadata(), first.createdMicros()));

        assertThat(story.broken()).containsExactly(Rule.EVENTS_UNIQUE);
    }

    @Test
    void timeThatRunsBackwards() {
        story.appended(1, 2, to("a", event(), event()));
        story.change(1, event -> with(event, 1, 1, event.metadata(), 999));

        assertThat(story.broken()).containsExactly(Rule.TIME_FORWARD);
    }

    @Test
    void anEventThatNobodySent() {
        story.appended(1, 2, to("a", event()));
        story.write("a", event());

        assertThat(story.broken()).containsExactly(Rule.NOTHING_INVENTED);
    }

    @Test
    void aNodeThatHoldsAnotherByte() {
        RecordedEvent event = written();
        RecordedEvent other = with(event, 0, 0, new byte[] {1}, event.createdMicros());

        assertThat(story.broken(content(0, List.of(event)), content(1, List.of(other))))
                .containsExactly(Rule.NODES_AGREE);
    }

    @Test
    void aNodeThatHoldsLess() {
        RecordedEvent event = written();

        assertThat(story.broken(content(0, List.of(event)), content(1, List.of(event)), content(2, List.of())))
                .containsExactly(Rule.NODES_AGREE);
    }

    @Test
    void aNodeWithAnotherOrder() {
        story.appended(1, 9, to("a", event()));
        story.appended(1, 9, to("b", event()));
        List<RecordedEvent> other = new ArrayList<>(story.log());
        Collections.swap(other, 0, 1);

        assertThat(story.broken(content(0, story.log()), content(1, other))).containsExactly(Rule.NODES_AGREE);
    }

    @Test
    void anotherDigestAtTheSameIndex() {
        RecordedEvent event = written();
        NodeContent one = content(0, List.of(event)).withDigest(7, "aa").withDigest(8, "bb");
        NodeContent other = content(1, List.of(event)).withDigest(8, "cc");

        assertThat(story.broken(one, other)).containsExactly(Rule.DIGESTS_AGREE);
        assertThat(story.broken(
                        one, content(1, List.of(event)).withDigest(9, "cc").withDigest(8, "bb")))
                .isEmpty();
    }

    @Test
    void nothingToCompareWith() {
        assertThatThrownBy(() -> story.check(new NodeContent[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingAtAllIsFine() {
        assertThat(story.check()).isEmpty();
    }

    private RecordedEvent written() {
        story.appended(1, 2, to("a", event()));
        return story.log().get(0);
    }

    private static NodeContent content(int node, List<RecordedEvent> events) {
        return NodeContent.of(node, events);
    }

    private static RecordedEvent with(RecordedEvent event, long position, long revision, byte[] metadata, long time) {
        return new RecordedEvent(
                position,
                event.stream(),
                revision,
                event.id(),
                event.type(),
                event.contentType(),
                event.data(),
                event.metadataContentType(),
                metadata,
                Set.of(),
                time);
    }
}
