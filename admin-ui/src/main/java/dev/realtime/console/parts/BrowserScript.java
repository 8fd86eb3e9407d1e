package dev.realtime.console.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Scripts that pages run with {@code executeJs}: the files of {@code browser/}. */
public final class BrowserScript {

    private BrowserScript() {}

    /** The text of a script. */
    public static String read(String file) {
        try (InputStream script = BrowserScript.class.getResourceAsStream("/browser/" + file)) {
            if (script == null) {
                throw new IllegalArgumentException("There is no script " + file + ".");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
