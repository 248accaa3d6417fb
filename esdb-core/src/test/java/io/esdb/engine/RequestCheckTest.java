package io.esdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esdb.AppendCondition;
import io.esdb.AppendRequest;
import io.esdb.EventData;
import io.esdb.ExpectedRevision;
import io.esdb.InvalidInput;
import io.esdb.LimitExceeded;
import io.esdb.Limits;
import io.esdb.Query;
import io.esdb.QueryItem;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestCheckTest {
    private static final Limits NARROW = new Limits(10, 15, 3, 8, 6, 5, 3, 4, 2, 3, 100, 100, 100, 100);

    private final RequestCheck check = new RequestCheck(NARROW);

    @Test
    void a_request_at_every_limit_is_let_through() {
        EventData large = event("abcdef", "a/bcd", 5, Set.of("wxyz", "é"));
        EventData rest = event("abcdef", "a/bcd", 4, Set.of());
        EventData empty = event("a", "a/b", 0, Set.of());
        AppendRequest request = AppendRequest.to("12345678", ExpectedRevision.any(), large, rest, empty)
                .onlyIf(AppendCondition.noneMatches(Query.of(
                        QueryItem.types("abcdef", "B").withCategory("12345678"),
                        QueryItem.tags("wxyz").withStreamPrefix("12345678"))));

        assertThatCode(() -> check.append(request)).doesNotThrowAnyException();
    }

    @Test
    void each_bound_is_named_when_it_is_passed() {
        assertRefused("eventBytes", 10, 11, to("s", event("t", "a/b", 11, Set.of())));
        assertRefused("appendBytes", 15, 16, to("s", event("t", "a/b", 8, Set.of()), event("t", "a/b", 8, Set.of())));
        assertRefused("appendBytes", 15, 16, to("s", event("t", "a/b", 8, Set.of("ab", "\uD83D\uDE80", "é"))));
        EventData empty = event("t", "a/b", 0, Set.of());
        assertRefused("appendEvents", 3, 4, to("s", empty, empty, empty, empty));
        assertRefused("streamNameBytes", 8, 9, to("123456789", empty));
        assertRefused("typeBytes", 6, 7, to("s", event("abcdefg", "a/b", 0, Set.of())));
        assertRefused("contentTypeBytes", 5, 6, to("s", event("t", "ab/cde", 0, Set.of())));
        assertRefused("tags", 3, 4, to("s", event("t", "a/b", 0, Set.of("1", "2", "3", "4"))));
        assertRefused("tagBytes", 4, 5, to("s", event("t", "a/b", 0, Set.of("12345"))));
    }

    @Test
    void the_bounds_of_queries_hold_for_conditions_too() {
        Query manyItems = Query.of(QueryItem.types("A"), QueryItem.types("B"), QueryItem.types("C"));
        Query manyTerms = Query.of(QueryItem.types("A", "B").withTags("x", "y"));

        assertLimit("queryItems", 2, 3, () -> check.query(manyItems));
        assertLimit("queryTerms", 3, 4, () -> check.query(manyTerms));
        AppendRequest request = to("s", event("t", "a/b", 0, Set.of())).onlyIf(AppendCondition.noneMatches(manyItems));
        assertRefused("queryItems", 2, 3, request);
    }

    @Test
    void names_in_queries_are_bound_as_those_of_events() {
        assertLimit("typeBytes", 6, 7, () -> check.query(Query.types("A", "abcdefg")));
        assertLimit("tagBytes", 4, 5, () -> check.query(Query.types("A").or(QueryItem.tags("12345"))));
        assertLimit("streamNameBytes", 8, 9, () -> check.query(Query.category("123456789")));
        assertLimit("streamNameBytes", 8, 9, () -> check.query(Query.streamPrefix("123456789")));
    }

    @Test
    void names_are_measured_in_utf_8() {
        assertThatCode(() -> check.stream("éééé")).doesNotThrowAnyException();
        assertLimit("streamNameBytes", 8, 10, () -> check.stream("ééééé"));
        assertLimit("streamNameBytes", 8, 9, () -> check.stream("世世世"));
    }

    @Test
    void reserved_and_empty_names_are_refused() {
        assertThatThrownBy(() -> check.stream("$all")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> check.stream("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> check.stream(null)).isInstanceOf(InvalidInput.class);
    }

    private void assertRefused(String field, long limit, long actual, AppendRequest request) {
        assertLimit(field, limit, actual, () -> check.append(request));
    }

    private static void assertLimit(String field, long limit, long actual, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(LimitExceeded.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.limit()).isEqualTo(limit);
            assertThat(e.actual()).isEqualTo(actual);
        });
    }

    private static AppendRequest to(String stream, EventData... events) {
        return AppendRequest.to(stream, ExpectedRevision.any(), events);
    }

    private static EventData event(String type, String contentType, int bytes, Set<String> tags) {
        return new EventData(
                UUID.randomUUID(), type, contentType, new byte[bytes / 2], "a/b", new byte[bytes - bytes / 2], tags);
    }
}
