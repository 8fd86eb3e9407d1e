package dev.realtime.launch;

import java.util.List;

/**
 * The program does not start because of problems that its operator can fix. Each problem is one sentence that names the
 * variable.
 */
public final class StartupRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public StartupRefusedException(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    public StartupRefusedException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    public StartupRefusedException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }

    /**
     * The text that the operator sees.
     *
     * @param program the program's name
     */
    public String text(String program) {
        var text = new StringBuilder(program + " does not start:\n");
        problems.forEach(problem ->
                text.append("  - ").append(problem.replace("\n", "\n    ")).append('\n'));
        return text.toString();
    }
}
