package io.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void types_are_alternatives() {
        assertThat(Query.types("A", "B").matches("s", "B", Set.of())).isTrue();
        assertThat(Query.types("A", "B").matches("s", "C", Set.of())).isFalse();
    }

    @Test
    void tags_are_wanted_together() {
        assertThat(Query.tags("x", "y").matches("s", "A", Set.of("x", "y", "z")))
                .isTrue();
        assertThat(Query.tags("x", "y").matches("s", "A", Set.of("x"))).isFalse();
    }

    @Test
    void a_category_is_the_name_up_to_the_first_dash() {
        assertThat(Query.category("order").matches("order-1-2", "A", Set.of())).isTrue();
        assertThat(Query.category("order").matches("order", "A", Set.of())).isTrue();
        assertThat(Query.category("order").matches("orders-1", "A", Set.of())).isFalse();
        assertThat(Query.category("order-1").matches("order-1", "A", Set.of())).isFalse();
        assertThat(RecordedEvent.categoryOf("-x")).isEmpty();
    }

    @Test
    void a_prefix_is_how_the_name_starts() {
        assertThat(Query.streamPrefix("or").matches("order-1", "A", Set.of())).isTrue();
        assertThat(Query.streamPrefix("or").matches("o", "A", Set.of())).isFalse();
    }

    @Test
    void everything_that_an_item_states_has_to_hold() {
        QueryItem item = QueryItem.types("A").withTags("x").withCategory("c").withStreamPrefix("c-1");

        assertThat(item.matches("c-12", "A", Set.of("x"))).isTrue();
        assertThat(item.matches("c-12", "B", Set.of("x"))).isFalse();
        assertThat(item.matches("c-12", "A", Set.of())).isFalse();
        assertThat(item.matches("c-2", "A", Set.of("x"))).isFalse();
        assertThat(item.withCategory("d").matches("c-12", "A", Set.of("x"))).isFalse();
    }

    @Test
    void any_item_of_a_query_is_enough() {
        Query query = Query.types("A").or(QueryItem.tags("x"));

        assertThat(query.matches("s", "A", Set.of())).isTrue();
        assertThat(query.matches("s", "B", Set.of("x"))).isTrue();
        assertThat(query.matches("s", "B", Set.of())).isFalse();
    }

    @Test
    void all_is_what_states_nothing() {
        assertThat(Query.all().isAll()).isTrue();
        assertThat(Query.all().matches("s", "A", Set.of())).isTrue();
        assertThat(Query.types("A").or(QueryItem.anything()).isAll()).isTrue();
        assertThat(Query.types("A").isAll()).isFalse();
        assertThat(QueryItem.anything().hasIndexedTerm()).isFalse();
        assertThat(QueryItem.streamPrefix("s").hasIndexedTerm()).isFalse();
        assertThat(QueryItem.category("s").hasIndexedTerm()).isTrue();
    }

    @Test
    void equal_items_are_equal_in_whatever_order_their_names_were_given() {
        assertThat(Query.types("A", "B")).isEqualTo(Query.types("B", "A"));
        assertThat(QueryItem.tags("y", "x").tags()).containsExactly("x", "y");
    }

    @Test
    void a_query_has_items_without_nulls_and_empty_names() {
        assertThatThrownBy(() -> new Query(List.of())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Query(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Query(Arrays.asList((QueryItem) null))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.types("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.tags("a", null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.category("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.category(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.streamPrefix(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Query.all().or(null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new QueryItem(null, Set.of(), null, null)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_condition_names_something_in_each_item_and_a_place() {
        assertThat(AppendCondition.noneMatches(Query.types("A")).after()).isEqualTo(-1);
        assertThat(AppendCondition.noneMatchesAfter(Query.types("A"), 7).after())
                .isEqualTo(7);
        assertThatThrownBy(() -> AppendCondition.noneMatches(Query.all())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendCondition.noneMatches(Query.types("A").or(QueryItem.streamPrefix("s"))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendCondition.noneMatchesAfter(Query.types("A"), -2))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> AppendCondition.noneMatches(null)).isInstanceOf(InvalidInput.class);
    }
}
