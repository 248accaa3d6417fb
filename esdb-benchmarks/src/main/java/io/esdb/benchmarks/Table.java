package io.esdb.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as text. */
final class Table {
    private static final List<String> HEAD =
            List.of("name", "what", "esdb", "counterpart", "ratio", "rounds", "goal", "");

    private final List<List<String>> lines = new ArrayList<>();

    Table(List<Row> rows) {
        lines.add(HEAD);
        rows.forEach(row -> lines.add(cells(row)));
    }

    /** In columns, for a terminal. */
    String text() {
        int[] widths = widths();
        return lines.stream().map(line -> padded(line, widths, "  ")).collect(Collectors.joining("\n"));
    }

    /** For a document; rows of clusters have a section of their own. */
    static String markdown(List<Row> rows) {
        List<Row> local = rows.stream().filter(row -> !isOfCluster(row)).toList();
        List<Row> cluster = rows.stream().filter(Table::isOfCluster).toList();
        List<String> parts = new ArrayList<>();
        if (!local.isEmpty()) {
            parts.add(new Table(local).markdown());
        }
        if (!cluster.isEmpty()) {
            parts.add("### Cluster");
            parts.add(new Table(cluster).markdown());
        }
        return String.join("\n\n", parts);
    }

    private static boolean isOfCluster(Row row) {
        return row.name().startsWith(ClusterSuite.NAME);
    }

    private String markdown() {
        List<String> out = new ArrayList<>();
        for (List<String> line : lines) {
            out.add("| " + String.join(" | ", line) + " |");
        }
        out.add(1, "|---".repeat(HEAD.size()) + "|");
        return String.join("\n", out);
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.name(),
                row.what(),
                row.esdb(),
                row.counterpart(),
                row.ratio(),
                row.spread(),
                row.goal(),
                row.verdict());
    }

    private int[] widths() {
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }

    private static String padded(List<String> cells, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(gap);
        }
        return line.toString().stripTrailing();
    }
}
