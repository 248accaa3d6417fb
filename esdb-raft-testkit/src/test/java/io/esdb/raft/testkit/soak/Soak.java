package io.esdb.raft.testkit.soak;

import io.esdb.raft.testkit.soak.Round.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs round after round until the time is over or something is wrong. Prints each wound and a line for each round, and
 * ends with 1 if anything was found; what the nodes wrote and the history are kept then.
 */
public final class Soak {
    private static final String USAGE = "arguments: --seed=N (any) --minutes=N (60) --round-seconds=N (90) "
            + "--folder=PATH (target/soak) --only=WOUND,... (all) --without=WOUND,... (none)\nwounds: "
            + List.of(Wounds.Kind.values());
    private static final List<String> NAMES =
            List.of("--seed", "--minutes", "--round-seconds", "--folder", "--only", "--without");

    private final Path folder;
    private final long seed;
    private final Duration length;
    private final Duration round;
    private final List<Wounds.Kind> kinds;

    private Soak(Map<String, String> given) {
        this.folder = Path.of(given.getOrDefault("--folder", "target/soak")).toAbsolutePath();
        this.seed = given.containsKey("--seed") ? Long.parseLong(given.get("--seed")) : new Random().nextInt(1_000_000);
        this.length = Duration.ofMinutes(Long.parseLong(given.getOrDefault("--minutes", "60")));
        this.round = Duration.ofSeconds(Long.parseLong(given.getOrDefault("--round-seconds", "90")));
        List<Wounds.Kind> chosen = new ArrayList<>(
                given.containsKey("--only") ? kinds(given.get("--only")) : List.of(Wounds.Kind.values()));
        chosen.removeAll(kinds(given.getOrDefault("--without", "")));
        this.kinds = chosen;
    }

    private static List<Wounds.Kind> kinds(String names) {
        return Stream.of(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(Wounds.Kind::valueOf)
                .toList();
    }

    /** Needs Linux, root, gcc, ip, nft, and for power cuts FUSE 3 with its headers, pkg-config and loop devices. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Soak soak;
        try {
            soak = new Soak(given(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        System.exit(soak.run() ? 0 : 1);
    }

    private static Map<String, String> given(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !NAMES.contains(parts[0])) {
                throw new IllegalArgumentException("not an argument: " + argument);
            }
            given.put(parts[0], parts[1]);
        }
        return given;
    }

    /** Whether all was well, and proved anything. */
    private boolean run() throws IOException, InterruptedException {
        Path tools = folder.resolve("tools");
        Tools.build(tools, Round.cutsPower(kinds));
        long start = System.nanoTime();
        long acknowledged = 0;
        int rounds = 0;
        int counted = 0;
        boolean well = true;
        while (well && (rounds == 0 || System.nanoTime() - start < length.toNanos())) {
            long own = seed + rounds++;
            System.out.println("round " + rounds + " with --seed=" + own);
            Report report = round(own, tools);
            counted += report.counts() ? 1 : 0;
            acknowledged += report.counts() ? report.acknowledged() : 0;
            well = report.findings().isEmpty();
            System.out.println(report);
            report.findings().forEach(finding -> System.out.println("WRONG " + finding));
        }
        System.out.printf(
                "rounds=%d counted=%d seeds=%d..%d acknowledged=%d wrong=%s seconds=%d%n",
                rounds,
                counted,
                seed,
                seed + rounds - 1,
                acknowledged,
                well ? "0" : "some, see above",
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        return well && counted > 0;
    }

    private Report round(long own, Path tools) throws IOException, InterruptedException {
        Path place = folder.resolve("seed-" + own);
        delete(place);
        Report report;
        Round round = new Round(own, place, tools, kinds, System.out);
        Thread cleaning = new Thread(round::close, "soak-cleaning");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try (round) {
            report = round.run(this.round);
        }
        Runtime.getRuntime().removeShutdownHook(cleaning);
        if (report.findings().isEmpty()) {
            delete(place);
        }
        return report;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
