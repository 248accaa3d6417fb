package io.esdb.projections;

import io.esdb.LogRead;
import io.esdb.RecordedEvent;
import io.esdb.projections.ProjectionStatus.State;
import io.esdb.projections.ProjectionStatus.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes statuses of what is stored, and of what runs here. */
record Statuses(Ledger ledger, Definitions definitions, Supervisor supervisor) {

    ProjectionStatus of(String name) {
        Control control = ledger.control(name);
        if (control == null) {
            int version = definitions.highest(name);
            Version fresh = version(new RunningVersion(name, version), State.NEW, "", Place.NONE);
            return new ProjectionStatus(name, version, List.of(fresh));
        }
        List<Version> versions = new ArrayList<>();
        versions.add(version(name, control.active(), control));
        if (control.building() != 0) {
            versions.add(version(name, control.building(), control));
        }
        return new ProjectionStatus(name, control.active(), versions);
    }

    private record RunningVersion(String name, int version) {}

    private Version version(String name, int version, Control control) {
        RunningVersion which = new RunningVersion(name, version);
        Place place = ledger.place(name, version).value();
        ProjectionFailure failure = place.failure();
        Runner<?> runner = supervisor.runner(name, version);
        Throwable trouble = runner == null ? null : runner.gauge().trouble();
        if (control.mode() != Control.Mode.RUNNING) {
            boolean paused = control.mode() == Control.Mode.PAUSED;
            return version(which, paused ? State.PAUSED : State.STOPPED, control.reason(), place);
        }
        if (failure != null) {
            return version(which, failure.stopped() ? State.STOPPED : State.RETRYING, failure.reason(), place);
        }
        if (trouble != null) {
            return version(which, State.RETRYING, trouble.toString(), place);
        }
        if (supervisor.isLeading() && definitions.get(name, version) == null) {
            return version(which, State.WAITING, "it is not defined on the leader", place);
        }
        return version(which, place.live() ? State.LIVE : State.CATCHING_UP, "", place);
    }

    private Version version(RunningVersion which, State state, String reason, Place place) {
        Runner<?> runner = supervisor.runner(which.name(), which.version());
        return new Version(
                which.version(),
                state,
                reason,
                place.position(),
                Math.max(0, ledger.last() - place.position()),
                behind(place.position()),
                place.events(),
                runner == null ? Duration.ZERO : runner.gauge().busy(),
                place.failure());
    }

    private Duration behind(long place) {
        RecordedEvent next = first(place + 1);
        if (next == null) {
            return Duration.ZERO;
        }
        Duration since = Duration.between(next.created(), Instant.now());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private @Nullable RecordedEvent first(long from) {
        List<RecordedEvent> events =
                ledger.store().read(LogRead.forward().from(from).limit(1)).events();
        return events.isEmpty() ? null : events.get(0);
    }
}
