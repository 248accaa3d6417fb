package io.esdb.testkit.history;

import static io.esdb.Consistency.LINEARIZABLE;
import static io.esdb.testkit.history.Story.at;
import static io.esdb.testkit.history.Story.event;
import static io.esdb.testkit.history.Story.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendRequest;
import io.esdb.EventPage;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.QueryItem;
import io.esdb.RecordedEvent;
import io.esdb.StreamRead;
import io.esdb.testkit.history.Outcome.Failed;
import io.esdb.testkit.history.Outcome.NotDone;
import io.esdb.testkit.history.Outcome.Unknown;
import io.esdb.testkit.history.Outcome.WrongRevision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the checker refuses and accepts about reads. The log holds a@0 (1 to 2), b@0 (3 to 4), a@1 and a@2 (5 to 6). */
class ReadRulesTest {
    private static final StreamRead A = StreamRead.forward("a");
    private static final LogRead LOG = LogRead.forward();
    private static final LogRead FRESH = LOG.consistency(LINEARIZABLE);

    private final Story story = new Story();

    @BeforeEach
    void tell() {
        story.appended(1, 2, to("a", event()));
        story.appended(3, 4, to("b", event("x")));
        story.appended(5, 6, to("a", event(), event("x")));
    }

    @Test
    void pagesOfAnyKindThatAreRight() {
        story.read(7, 8, A.consistency(LINEARIZABLE), 3);
        story.read(7, 8, A.from(1).limit(1), 3);
        story.read(7, 8, A.from(7), 3);
        story.read(7, 8, StreamRead.backward("a").limit(2), 3);
        story.read(7, 8, StreamRead.backward("a").from(1), 3);
        story.read(7, 8, StreamRead.forward("none"), 3);
        story.read(7, 8, LOG.from(2), 3);
        story.read(7, 8, LOG.matching(Query.tags("x")), 3);
        story.read(7, 8, LogRead.backward().limit(3).consistency(LINEARIZABLE), 3);
        story.read(7, 8, LogRead.backward().from(2).matching(Query.tags("x").or(QueryItem.category("b"))), 3);
        story.add(7, 8, new Request.ReadLog(LOG), new NotDone("closed"));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aReadMaySeeWhatIsUnderWayOrNot() {
        story.read(3, 4, FRESH, 0);
        story.read(3, 4, FRESH, 1);
        story.read(0, 4, FRESH, -1);

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aPageThatLeavesOutAnEvent() {
        List<RecordedEvent> log = story.log();
        story.read(7, 8, A, new EventPage(List.of(log.get(0), log.get(3)), 3, true, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageThatEndsTooEarly() {
        story.read(7, 8, A, new EventPage(List.of(story.log().get(0)), 1, true, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageMayBeShortIfItSaysSo() {
        story.read(7, 8, A, new EventPage(List.of(story.log().get(0)), 1, false, 3));
        story.read(7, 8, LOG.matching(Query.tags("x")), new EventPage(List.of(), 1, false, 3));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aPageInAnotherOrder() {
        List<RecordedEvent> events = new ArrayList<>(story.log());
        Collections.swap(events, 0, 1);
        story.read(7, 8, LOG, new EventPage(events, 4, true, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageInTheOtherDirection() {
        story.read(7, 8, StreamRead.backward("a"), story.page(A, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageWithMoreThanWasWanted() {
        story.read(7, 8, A.limit(2), story.page(A, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageOfAnotherPlace() {
        story.read(7, 8, A.from(1), story.page(A, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageWithAnEventThatDoesNotMatch() {
        story.read(7, 8, LOG.matching(Query.tags("x")), story.page(LOG, 3));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aPageWithAnEventAfterItsMoment() {
        EventPage page = story.page(LOG, 3);
        story.read(5, 6, LOG, new EventPage(page.events(), 4, true, 1));

        assertThat(story.broken()).containsExactly(Rule.PAGE_TRUE);
    }

    @Test
    void aReadOfMoreThanThereIsInTheEnd() {
        story.read(7, 8, LOG, new EventPage(story.log(), 9, true, 4));

        assertThat(story.broken()).containsExactly(Rule.SEEN_KEPT);
    }

    @Test
    void aReadThatSeesAPartOfAnAppend() {
        story.read(5, 6, FRESH, 2);

        assertThat(story.broken()).containsExactly(Rule.READ_WHOLE);
    }

    @Test
    void aLinearizableReadThatMissesAnAcknowledgedAppend() {
        story.read(5, 6, FRESH, 0);

        assertThat(story.broken()).containsExactly(Rule.READ_FRESH);
    }

    @Test
    void aLinearizableStreamReadThatMissesAnAcknowledgedAppend() {
        story.read(7, 8, StreamRead.backward("a").limit(1).consistency(LINEARIZABLE), 1);

        assertThat(story.broken()).containsExactly(Rule.READ_FRESH);
    }

    @Test
    void aLinearizableReadThatMissesWhatAnotherOneSaw() {
        long asOf = unknown();
        story.read(9, 10, FRESH, asOf);
        story.read(10, 12, FRESH, asOf - 1);
        assertThat(story.check()).as("at the same time").isEmpty();

        story.read(11, 12, FRESH, asOf - 1);
        assertThat(story.broken()).containsExactly(Rule.READ_FRESH);
    }

    @Test
    void aLinearizableReadThatMissesWhatALocalOneSaw() {
        long asOf = unknown();
        story.opening(1).read(9, 10, LOG, asOf);
        story.opening(2).read(11, 12, FRESH, asOf - 1);

        assertThat(story.broken()).containsExactly(Rule.READ_FRESH);
    }

    @Test
    void aLinearizableReadThatMissesWhatARefusalShowed() {
        long asOf = unknown();
        story.append(9, 10, at("u", 4), new WrongRevision("u", 0));
        story.read(11, 12, FRESH, asOf - 1);

        assertThat(story.broken()).containsExactly(Rule.READ_FRESH);
    }

    /** An append of one event that nobody knows the fate of, and that is in the log. */
    private long unknown() {
        AppendRequest request = to("u", event());
        story.append(7, 8, request, new Unknown("timeout"));
        return story.write(request).lastPosition();
    }

    @Test
    void aLocalReadMayBeBehindOtherNodes() {
        story.opening(1).read(7, 8, LOG, 0);
        story.opening(2).read(9, 10, LOG, -1);

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aLocalReadThatMissesWhatItsStoreAcknowledged() {
        story.read(7, 8, LOG, 1);

        assertThat(story.broken()).containsExactly(Rule.LOCAL_READ_FORWARD);
    }

    @Test
    void aLocalReadThatGoesBack() {
        story.opening(1).read(7, 8, LOG, 1);
        story.opening(1).read(9, 10, LOG, 0);

        assertThat(story.broken()).containsExactly(Rule.LOCAL_READ_FORWARD);
    }

    @Test
    void aReadThatFails() {
        story.add(7, 8, new Request.ReadLog(LOG), new Failed("StoreCorrupt"));

        assertThat(story.broken()).containsExactly(Rule.FAILURE_ALLOWED);
    }
}
