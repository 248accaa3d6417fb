/** Programs that show how esdb is used. */
module io.esdb.examples {
    requires static transitive org.jspecify;
    requires io.esdb.core;
    requires io.esdb.json;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires me.tongfei.progressbar;

    // Jackson reads and writes the events, picocli sets the arguments.
    opens io.esdb.examples.bank to
            com.fasterxml.jackson.databind;
    opens io.esdb.examples.courses to
            com.fasterxml.jackson.databind;
    opens io.esdb.examples.history to
            com.fasterxml.jackson.databind,
            info.picocli;
}
