package io.esdb.testkit.history;

import static io.esdb.testkit.history.Story.ANY;
import static io.esdb.testkit.history.Story.at;
import static io.esdb.testkit.history.Story.event;
import static io.esdb.testkit.history.Story.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.AppendResult;
import io.esdb.AppendResult.StreamRevisions;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.LogRead;
import io.esdb.Query;
import io.esdb.testkit.history.Outcome.Appended;
import io.esdb.testkit.history.Outcome.ConditionFailed;
import io.esdb.testkit.history.Outcome.Failed;
import io.esdb.testkit.history.Outcome.NotDone;
import io.esdb.testkit.history.Outcome.Unknown;
import io.esdb.testkit.history.Outcome.WrongRevision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker refuses and accepts about appends that are written, or should be. */
class AppendRulesTest {
    private final Story story = new Story();

    @Test
    void anAcknowledgedAppendThatIsLost() {
        story.append(1, 2, to("a", event()), new Appended(result(0, "a", 0)));

        assertThat(story.broken()).containsExactly(Rule.ACKNOWLEDGED_KEPT);
    }

    @Test
    void anAppendWithALostEvent() {
        AppendRequest request = to("a", event(), event());
        story.append(1, 2, request, new Appended(story.write(request)));
        story.log().remove(1);

        assertThat(story.broken()).containsExactly(Rule.APPEND_WHOLE);
    }

    @Test
    void anUnknownAppendWithALostStream() {
        AppendRequest request = to("a", event()).and("b", ANY, event());
        story.append(1, 2, request, new Unknown("timeout"));
        story.write(to("a", request.streams().get(0).events().get(0)));

        assertThat(story.broken()).containsExactly(Rule.APPEND_WHOLE);
    }

    @Test
    void anAppendWithAnotherInIt() {
        EventData first = event();
        EventData second = event();
        story.append(1, 9, to("a", first).and("b", ANY, second), new Unknown("timeout"));
        story.write("a", first);
        story.appended(1, 9, to("c", event()));
        story.write("b", second);

        assertThat(story.broken()).containsExactly(Rule.APPEND_WHOLE);
    }

    @Test
    void anAppendInAnotherOrder() {
        EventData first = event();
        EventData second = event();
        story.append(1, 9, to("a", first, second), new Unknown("timeout"));
        story.write(to("a", second, first));

        assertThat(story.broken()).containsExactly(Rule.APPEND_WHOLE);
    }

    @Test
    void anEventWithOtherData() {
        EventData sent = event();
        story.append(1, 2, to("a", sent), new Appended(result(0, "a", 0)));
        story.write(to("a", EventData.json("Told", new byte[] {1}).withId(sent.id())));

        assertThat(story.broken()).containsExactly(Rule.CONTENT_KEPT);
    }

    @Test
    void anEventInAnotherStream() {
        EventData sent = event();
        story.append(1, 2, to("a", sent), new Unknown("timeout"));
        story.write(to("b", sent));

        assertThat(story.broken()).containsExactly(Rule.CONTENT_KEPT);
    }

    @Test
    void anAnswerWithAnotherPosition() {
        AppendRequest request = to("a", event());
        story.write(request);
        story.append(1, 2, request, new Appended(result(1, "a", 0)));

        assertThat(story.broken()).containsExactly(Rule.ANSWER_TRUE);
    }

    @Test
    void anAnswerWithAnotherRevision() {
        AppendRequest request = to("a", event());
        story.write(request);
        story.append(1, 2, request, new Appended(result(0, "a", 1)));

        assertThat(story.broken()).containsExactly(Rule.ANSWER_TRUE);
    }

    @Test
    void aRetryWithAnotherAnswer() {
        AppendRequest request = to("a", event());
        story.appended(1, 2, request);
        story.retry(3, 4, request, new Appended(result(1, "a", 1)));

        assertThat(story.broken()).containsExactly(Rule.RETRY_SAME_ANSWER);
    }

    @Test
    void aRefusedAppendThatIsWritten() {
        for (Outcome refusal : List.of(new NotDone("full"), new WrongRevision("a", 4), new ConditionFailed(3))) {
            Story refused = new Story();
            AppendRequest request = to("a", event());
            refused.write(request);
            refused.append(1, 2, request, refusal);

            assertThat(refused.broken()).as("%s", refusal).contains(Rule.REFUSED_NOT_WRITTEN);
        }
    }

    @Test
    void twoWinnersOfOneRevision() {
        story.appended(1, 9, at("a", -1));
        story.appended(1, 9, at("a", -1));

        assertThat(story.broken()).containsExactly(Rule.EXPECTATION_MET);
    }

    @Test
    void anUnknownAppendThatIsWrittenWhereItWasNotExpected() {
        story.appended(1, 2, to("a", event()));
        AppendRequest request = to("b", event()).and("a", ExpectedRevision.exactly(3), event());
        story.append(1, 2, request, new Unknown("timeout"));
        story.write(request);

        assertThat(story.broken()).containsExactly(Rule.EXPECTATION_MET);
    }

    @Test
    void anAppendWhoseConditionDidNotHold() {
        story.appended(1, 9, to("a", event("x")));
        story.appended(1, 9, to("b", event("x")).onlyIf(AppendCondition.noneMatches(Query.tags("x"))));

        assertThat(story.broken()).containsExactly(Rule.CONDITION_HELD);
    }

    @Test
    void aConditionLooksAtWhatStandsAfterIt() {
        story.appended(1, 9, to("a", event("x")));
        story.appended(1, 9, to("b", event("x")).onlyIf(AppendCondition.noneMatchesAfter(Query.tags("x"), 0)));
        story.appended(1, 9, to("b", event("y")).onlyIf(AppendCondition.noneMatches(Query.types("None"))));
        story.appended(1, 9, to("b", event()).onlyIf(AppendCondition.noneMatches(Query.tags("y", "x"))));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void anAppendBeforeOneThatWasAcknowledgedBeforeItBegan() {
        AppendRequest early = to("a", event());
        AppendRequest late = to("b", event());
        story.append(3, 4, late, new Appended(story.write(late)));
        story.append(1, 2, early, new Appended(story.write(early)));

        assertThat(story.broken()).containsExactly(Rule.REAL_TIME_ORDER);
    }

    @Test
    void anEventThatWasSeenBeforeItWasSent() {
        AppendRequest request = to("a", event());
        story.write(request);
        story.read(1, 2, LogRead.forward(), 0);
        story.append(3, 4, request, new Unknown("timeout"));

        assertThat(story.broken()).containsExactly(Rule.REAL_TIME_ORDER);
    }

    @Test
    void anUnforeseenFailure() {
        story.append(1, 2, to("a", event()), new Failed("NullPointerException"));

        assertThat(story.broken()).containsExactly(Rule.FAILURE_ALLOWED);
    }

    @Test
    void anUnknownAppendMayNeverBeWrittenOrMuchLater() {
        story.append(1, 2, to("a", event()), new Unknown("timeout"));
        story.appended(3, 4, to("a", event()));
        AppendRequest request = to("a", event());
        story.append(1, 2, request, new Unknown("timeout"));
        story.write(request);
        AppendRequest pending = to("a", event());
        story.append(5, Operation.NEVER, pending, new Unknown("no answer yet"));
        story.write(pending);

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aRetryMayBeWhatWasWritten() {
        AppendRequest request = at("a", 0);
        story.append(1, 2, request, new Unknown("timeout"));
        story.appended(3, 4, to("a", event()));
        AppendResult result = story.write(request);
        story.retry(5, 6, request, new Appended(result));
        story.retry(7, 8, request, new NotDone("full"));
        story.retry(9, 10, request, new Appended(result));

        assertThat(story.check()).isEmpty();
    }

    @Test
    void aRetryMayExpectSomethingElse() {
        for (Outcome first : List.of(new WrongRevision("a", -1), new Unknown("timeout"))) {
            Story retried = new Story();
            EventData event = event();
            retried.append(1, 2, AppendRequest.to("a", ExpectedRevision.exactly(5), event), first);
            retried.appended(3, 4, to("a", event));

            assertThat(retried.check()).as("%s", first).isEmpty();
        }
    }

    @Test
    void idsThatAreUsedAgainForOtherEventsCannotBeJudged() {
        EventData event = event();
        story.append(1, 2, to("a", event), new Unknown("timeout"));
        story.append(3, 4, to("b", event), new Unknown("timeout"));
        assertThatThrownBy(story::check).isInstanceOf(IllegalArgumentException.class);

        Story other = new Story();
        other.append(1, 2, to("a", event(), event), new Unknown("timeout"));
        other.append(3, 4, to("a", event(), event), new Unknown("timeout"));
        assertThatThrownBy(other::check).isInstanceOf(IllegalArgumentException.class);
    }

    private static AppendResult result(long position, String stream, long revision) {
        return new AppendResult(position, position, List.of(new StreamRevisions(stream, revision, revision)));
    }
}
