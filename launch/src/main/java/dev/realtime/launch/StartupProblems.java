package dev.realtime.launch;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that one start tells all of it. */
public final class StartupProblems {

    private final List<String> problems = new ArrayList<>();

    public void add(String problem) {
        problems.add(problem);
    }

    public List<String> all() {
        return List.copyOf(problems);
    }

    /** @throws StartupRefusedException when there is any problem */
    public void refuseIfAny() {
        if (!problems.isEmpty()) {
            throw new StartupRefusedException(problems);
        }
    }
}
