package io.esdb.raft.testkit.soak;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Hurts machines, one wound at a time, as a seed says. */
final class Wounds {
    /** How a wound is healed. */
    interface Cure {
        void heal() throws IOException, InterruptedException;
    }

    /**
     * What was done, and how to undo it.
     *
     * @param what in words
     * @param fatal whether no majority is left until it is healed
     * @param cure undoes it
     */
    record Wound(String what, boolean fatal, Cure cure) {}

    /** What can be done to machines. */
    enum Kind {
        KILL,
        KILL_ALL,
        PAUSE,
        ISOLATE,
        DEAFEN,
        LOSE,
        CLOCK,
        FULL_DISK,
        FULL_DISK_ALL,
        BROKEN_DISK,
        CRASH,
        CUT_POWER,
        CUT_POWER_ALL
    }

    private final Random random;
    private final Lab lab;
    private final List<Machine> machines;
    private final List<Kind> kinds;

    /** @param kinds those to choose from; power can be cut only where the machines have disks of their own */
    Wounds(Random random, Lab lab, List<Machine> machines, List<Kind> kinds) {
        this.random = random;
        this.lab = lab;
        this.machines = machines;
        this.kinds = kinds;
    }

    /** Hurts a machine, mostly the one that leads, or all of them. */
    Wound inflict(int leader) throws IOException, InterruptedException {
        int node = leader < 0 || random.nextInt(3) == 0 ? random.nextInt(machines.size()) : leader;
        List<Machine> one = List.of(machines.get(node));
        return switch (kinds.get(random.nextInt(kinds.size()))) {
            case KILL -> kill(one);
            case KILL_ALL -> kill(machines);
            case PAUSE -> pause(node);
            case ISOLATE -> isolate(node);
            case DEAFEN -> deafen(node);
            case LOSE -> lose(node);
            case CLOCK -> jump(node);
            case FULL_DISK -> fullDisk(one);
            case FULL_DISK_ALL -> fullDisk(machines);
            case BROKEN_DISK -> brokenDisk(node);
            case CRASH -> crashAtWrite(node);
            case CUT_POWER -> cutPower(one);
            case CUT_POWER_ALL -> cutPower(machines);
        };
    }

    private static String names(List<Machine> hurt) {
        return String.join(", ", hurt.stream().map(Machine::name).toList());
    }

    private boolean isMost(List<Machine> hurt) {
        return 2 * hurt.size() > machines.size();
    }

    private Wound kill(List<Machine> hurt) throws InterruptedException {
        for (Machine machine : hurt) {
            machine.kill();
        }
        return new Wound("kill -9 " + names(hurt), isMost(hurt), () -> start(hurt));
    }

    private static void start(List<Machine> hurt) throws IOException {
        for (Machine machine : hurt) {
            machine.start();
        }
    }

    private Wound pause(int node) throws IOException, InterruptedException {
        Machine machine = machines.get(node);
        machine.signal("STOP");
        return new Wound("pause " + machine.name(), false, () -> machine.signal("CONT"));
    }

    private Wound isolate(int node) throws IOException, InterruptedException {
        lab.isolate(node);
        return new Wound("isolate " + machines.get(node).name(), false, lab::heal);
    }

    /** The node is heard and hears nothing. */
    private Wound deafen(int node) throws IOException, InterruptedException {
        for (int other = 0; other < machines.size(); other++) {
            if (other != node) {
                lab.cut(other, node);
            }
        }
        return new Wound("deafen " + machines.get(node).name(), false, lab::heal);
    }

    private Wound lose(int node) throws IOException, InterruptedException {
        int percent = 5 + random.nextInt(40);
        for (int other = 0; other < machines.size(); other++) {
            if (other != node) {
                lab.lose(node, other, percent);
            }
        }
        return new Wound("lose " + percent + " % of what " + machines.get(node).name() + " sends", false, lab::heal);
    }

    private Wound jump(int node) throws IOException {
        Machine machine = machines.get(node);
        long millis = (random.nextInt(7_200) - 3_600L) * 1_000;
        double rate = random.nextBoolean() ? 1 : 0.9 + random.nextInt(20) / 100.0;
        machine.setClock(millis, rate);
        return new Wound(
                "set the clock of " + machine.name() + " off by " + millis / 1_000 + " s, at rate " + rate,
                false,
                () -> machine.setClock(0, 1));
    }

    private Wound fullDisk(List<Machine> hurt) throws IOException {
        return failDisk(hurt, random.nextBoolean() ? "/_raft/groups/" : "/", "enospc 1");
    }

    private Wound brokenDisk(int node) throws IOException {
        String rule = List.of("fsync_eio 1", "write_eio 0.3", "fsync_delay_ms 300", "short_write 0.5")
                .get(random.nextInt(4));
        return failDisk(List.of(machines.get(node)), random.nextBoolean() ? "/_raft/groups/" : "/", rule);
    }

    private Wound failDisk(List<Machine> hurt, String files, String rule) throws IOException {
        for (Machine machine : hurt) {
            machine.failDisk(files, rule);
        }
        return new Wound("disk of " + names(hurt) + ", files '" + files + "': " + rule, isMost(hurt), () -> {
            for (Machine machine : hurt) {
                machine.failDisk("", "");
            }
        });
    }

    /** The process ends itself just before one of its next calls of the system that write. */
    private Wound crashAtWrite(int node) throws IOException {
        Machine machine = machines.get(node);
        String kind = List.of("write", "fsync", "rename", "any").get(random.nextInt(4));
        String rule = "kill_at " + (1 + random.nextInt(60)) + " " + kind;
        machine.failDisk("/", rule);
        return new Wound("crash " + machine.name() + ": " + rule, false, () -> {
            machine.failDisk("", "");
            machine.kill();
            machine.start();
        });
    }

    private Wound cutPower(List<Machine> hurt) throws IOException, InterruptedException {
        double survival = List.of(0.0, 0.3, 0.8).get(random.nextInt(3));
        for (Machine machine : hurt) {
            machine.disk().cutPower(survival);
        }
        for (Machine machine : hurt) {
            machine.kill();
        }
        return new Wound("cut the power of " + names(hurt) + ", keep " + survival, isMost(hurt), () -> {
            for (Machine machine : hurt) {
                machine.disk().restart();
            }
            start(hurt);
        });
    }
}
