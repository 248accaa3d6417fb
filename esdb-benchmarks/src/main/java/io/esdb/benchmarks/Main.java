package io.esdb.benchmarks;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures and prints the table. Ends with 1 if a row could not be measured, with 2 if the arguments are wrong. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures esdb beside its counterparts and prints one table.")
public final class Main implements Callable<Integer> {
    @Option(names = "--quick", description = "Shorter rounds and smaller stores: five minutes at most.")
    private boolean quick;

    @Option(names = "--full", description = "The sizes that the goals are stated for: hours, and 30 GB of disk.")
    private boolean full;

    @Option(names = "--only", paramLabel = "NAME", description = "Only rows whose name starts so, such as append-64.")
    private String only = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the stores are made, and removed again. Default: ${DEFAULT-VALUE}")
    private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--markdown", description = "Prints the table for a document.")
    private boolean markdown;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs with these arguments and ends the JVM. */
    public static void main(String... args) {
        CommandLine jmh = new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true);
        CommandLine program = new CommandLine(new Main()).addSubcommand(jmh);
        System.exit(program.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Scale scale = quick ? Scale.quick() : full ? Scale.full() : Scale.normal();
        PrintWriter out = commandLine().getOut();
        String machine = Machine.describe();
        List<Row> rows = measure(scale);
        if (rows.isEmpty()) {
            commandLine().getErr().println("No row has a name that starts with '" + only + "'.");
            return CommandLine.ExitCode.USAGE;
        }
        out.println(markdown ? Table.markdown(rows) : new Table(rows).text());
        out.println();
        out.println(machine);
        out.flush();
        return rows.stream().anyMatch(Row::isFailed) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private List<Row> measure(Scale scale) throws Exception {
        try (TempFolder folder = new TempFolder(dir)) {
            return new Bench(scale, only, folder, System.err).run(Suites.all());
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec.commandLine();
    }
}
