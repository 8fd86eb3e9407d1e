package dev.realtime.service.identity.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with keys; a relative path starts at the working directory. */
record KeyFile(Path path) implements KeyLocation {

    @Override
    public KeyDocument read() throws KeysUnreadableException {
        if (!Files.exists(path)) {
            throw KeysUnreadableException.wrong("there is no such file");
        }
        // A pipe or a device might never end.
        if (!Files.isRegularFile(path)) {
            throw KeysUnreadableException.wrong("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return KeyDocument.parse(in.readNBytes(KeyDocument.MAX_BYTES + 1));
        } catch (AccessDeniedException e) {
            throw KeysUnreadableException.wrong("this process may not read it");
        } catch (IOException e) {
            throw KeysUnreadableException.wrong(
                    "reading it failed with " + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
