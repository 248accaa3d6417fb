package io.esdb.erasure;

import java.util.List;

/**
 * A page of subjects, in the order of their UTF-8 bytes.
 *
 * @param subjects the subjects, erased ones too
 * @param next what to pass as {@code after} to go on, the last subject listed; empty if there is none
 * @param end whether there are no more
 */
public record SubjectPage(List<SubjectStatus> subjects, String next, boolean end) {
    /** Copies the list. */
    public SubjectPage {
        subjects = List.copyOf(subjects);
    }
}
