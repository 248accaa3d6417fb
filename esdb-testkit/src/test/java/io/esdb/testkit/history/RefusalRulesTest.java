package io.esdb.testkit.history;

import static io.esdb.testkit.history.Story.ANY;
import static io.esdb.testkit.history.Story.at;
import static io.esdb.testkit.history.Story.event;
import static io.esdb.testkit.history.Story.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.ExpectedRevision;
import io.esdb.Query;
import io.esdb.testkit.history.Outcome.ConditionFailed;
import io.esdb.testkit.history.Outcome.Unknown;
import io.esdb.testkit.history.Outcome.WrongRevision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the checker refuses and accepts about refusals. The log holds a@0 (1 to 2), a@1 (3 to 4), x@0 with a tag (5 to 6). */
class RefusalRulesTest {
    private static final AppendCondition NO_X = AppendCondition.noneMatches(Query.tags("x"));

    private final Story story = new Story();

    @BeforeEach
    void tell() {
        story.appended(1, 2, to("a", event()));
        story.appended(3, 4, to("a", event()));
        story.appended(5, 6, to("x", event("x")));
    }

    @Test
    void theHeadWhileTheAppendWasUnderWay() {
        story.append(0, 1, at("a", 5), new WrongRevision("a", -1));
        story.append(0, 9, at("a", 5), new WrongRevision("a", -1));
        story.append(0, 9, at("a", 5), new WrongRevision("a", 0));
        story.append(0, 9, at("a", 5), new WrongRevision("a", 1));
        story.append(7, 8, at("a", 0), new WrongRevision("a", 1));
        story.append(7, 8, at("none", 0), new WrongRevision("none", -1));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aHeadOfThePast() {
        story.append(7, 8, at("a", 5), new WrongRevision("a", 0));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aHeadThatAnAcknowledgedAppendHadPassed() {
        story.append(4, 9, at("a", 5), new WrongRevision("a", 0));
        assertThat(story.check()).as("begun as the append ended").isEmpty();

        story.append(5, 9, at("a", 5), new WrongRevision("a", 0));
        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aHeadOfTheFuture() {
        story.append(1, 2, at("a", 5), new WrongRevision("a", 1));

        assertThat(story.broken()).as("known before it was sent").containsExactly(Rule.REAL_TIME_ORDER);
    }

    @Test
    void aHeadThatNeverWas() {
        story.append(0, 9, at("a", 5), new WrongRevision("a", 2));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aHeadInTheMiddleOfAnAppend() {
        story.appended(7, 8, to("b", event(), event()));
        story.append(7, 9, at("b", 5), new WrongRevision("b", 0));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aHeadThatWasExpected() {
        story.append(7, 8, at("a", 1), new WrongRevision("a", 1));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aStreamThatWasNotAskedFor() {
        story.append(7, 8, at("a", 0), new WrongRevision("x", 0));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aStreamThatIsNotTheFirstToDiffer() {
        AppendRequest request = to("new", event())
                .and("a", ExpectedRevision.exactly(4), event())
                .and("x", ExpectedRevision.exactly(4), event());
        story.append(7, 8, request, new WrongRevision("a", 1));
        assertThat(story.check()).isEmpty();

        story.append(7, 8, request, new WrongRevision("x", 0));
        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aStreamBeforeItThatWasThereOrNot() {
        story.append(7, 8, afterOther("a", ExpectedRevision.exists()), new WrongRevision("x", 0));
        story.append(7, 8, afterOther("none", ExpectedRevision.noStream()), new WrongRevision("x", 0));
        assertThat(story.check()).isEmpty();

        story.append(7, 8, afterOther("none", ExpectedRevision.exists()), new WrongRevision("x", 0));
        story.append(7, 8, afterOther("a", ExpectedRevision.noStream()), new WrongRevision("x", 0));
        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE, Rule.WRONG_REVISION_TRUE);
    }

    private static AppendRequest afterOther(String stream, ExpectedRevision expected) {
        return AppendRequest.to(stream, expected, event()).and("x", ExpectedRevision.exactly(4), event());
    }

    @Test
    void streamsThatDifferAtDifferentMoments() {
        AppendRequest request = AppendRequest.to("a", ExpectedRevision.exactly(0), event())
                .and("x", ExpectedRevision.exactly(7), event());
        story.append(0, 9, request, new WrongRevision("x", -1));
        assertThat(story.check()).isEmpty();

        story.append(0, 9, request, new WrongRevision("x", 0));
        assertThat(story.broken()).as("a had left 0 before x was").containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void anAppendThatWasWrittenBefore() {
        AppendRequest request = to("a", event());
        AppendRequest first = at("b", -1);
        story.append(7, 8, first, new Unknown("timeout"));
        story.write(first);
        story.retry(9, 10, first, new WrongRevision("b", -1));
        assertThat(story.broken()).as("refused what it expects").containsExactly(Rule.WRONG_REVISION_TRUE);

        Story again = new Story();
        again.appended(1, 2, at("b", -1));
        again.appended(3, 4, request);
        again.retry(5, 6, request, new WrongRevision("b", 0));
        assertThat(again.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aRetryThatIsRefusedAfterItsAppendWasAcknowledged() {
        AppendRequest request = at("b", -1);
        story.appended(7, 8, request);
        story.retry(9, 10, request, new WrongRevision("b", 0));

        assertThat(story.broken()).containsExactly(Rule.WRONG_REVISION_TRUE);
    }

    @Test
    void aRetryMayBeRefusedBeforeTheFirstAttemptIsWritten() {
        AppendRequest request = AppendRequest.to("late", ExpectedRevision.exists(), event());
        story.append(7, 8, request, new Unknown("timeout"));
        story.retry(9, 10, request, new WrongRevision("late", -1));
        story.appended(11, 12, to("late", event()));
        story.write(request);

        assertThat(story.check()).isEmpty();
    }

    @Test
    void anExcludedEventThatIsThere() {
        story.append(7, 8, to("b", event()).onlyIf(NO_X), new ConditionFailed(2));
        story.append(5, 8, to("b", event()).onlyIf(NO_X), new ConditionFailed(2));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void anExcludedEventThatIsNotThere() {
        story.append(
                7, 8, to("b", event()).onlyIf(AppendCondition.noneMatches(Query.tags("y"))), new ConditionFailed(2));

        assertThat(story.broken()).containsExactly(Rule.CONDITION_FAILURE_TRUE);
    }

    @Test
    void anExcludedEventThatIsNotAfterTheCondition() {
        AppendCondition later = AppendCondition.noneMatchesAfter(Query.tags("x"), 2);
        story.append(7, 8, to("b", event()).onlyIf(later), new ConditionFailed(2));

        assertThat(story.broken()).containsExactly(Rule.CONDITION_FAILURE_TRUE);
    }

    @Test
    void anExcludedEventThatIsNotTheFirst() {
        story.appended(7, 8, to("x", event("x")));
        story.append(9, 10, to("b", event()).onlyIf(NO_X), new ConditionFailed(3));

        assertThat(story.broken()).containsExactly(Rule.CONDITION_FAILURE_TRUE);
    }

    @Test
    void anExcludedEventThatWasSentLater() {
        story.append(1, 4, to("b", event()).onlyIf(NO_X), new ConditionFailed(2));

        assertThat(story.broken()).containsExactly(Rule.REAL_TIME_ORDER);
    }

    @Test
    void aFailedConditionThatNobodyStated() {
        story.append(7, 8, to("b", event()), new ConditionFailed(2));

        assertThat(story.broken()).containsExactly(Rule.CONDITION_FAILURE_TRUE);
    }

    @Test
    void aFailedConditionWhereAStreamDifferedAlready() {
        story.append(7, 8, at("a", 0).onlyIf(NO_X), new ConditionFailed(2));
        assertThat(story.broken()).containsExactly(Rule.CONDITION_FAILURE_TRUE);

        Story met = new Story();
        met.appended(1, 2, to("x", event("x")));
        met.append(3, 4, at("x", 0).and("a", ANY, event()).onlyIf(NO_X), new ConditionFailed(0));
        assertThat(met.check()).isEmpty();
    }
}
