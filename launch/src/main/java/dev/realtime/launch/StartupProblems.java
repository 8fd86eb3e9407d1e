package dev.realtime.launch;

import java.util.ArrayList;
import java.util.List;

/** Collects configuration problems, so that one start reports all of them. */
public final class StartupProblems {

    private final List<String> problems = new ArrayList<>();

    public void add(String problem) {
        problems.add(problem);
    }

    public List<String> all() {
        return List.copyOf(problems);
    }

    /** @throws StartupRefusedException if there is any problem */
    public void refuseIfAny() {
        if (!problems.isEmpty()) {
            throw new StartupRefusedException(problems);
        }
    }
}
