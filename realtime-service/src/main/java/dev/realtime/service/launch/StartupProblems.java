package dev.realtime.service.launch;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that one start tells all of it. */
final class StartupProblems {

    private final List<String> problems = new ArrayList<>();

    void add(String problem) {
        problems.add(problem);
    }

    List<String> all() {
        return List.copyOf(problems);
    }

    /** @throws StartupRefusedException when there is any problem */
    void refuseIfAny() {
        if (!problems.isEmpty()) {
            throw new StartupRefusedException(problems);
        }
    }
}
