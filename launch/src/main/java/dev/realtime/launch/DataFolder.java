package dev.realtime.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of what the programs make for themselves: secrets and the embedded Redis. Its owner's alone (700, files 600). */
public final class DataFolder {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    /** What files of this folder are open to: reading and writing by their owner. */
    public static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder where it is missing and closes it to others where it was open.
     *
     * @throws StartupRefusedException when that cannot be done
     */
    public static DataFolder open(Path path) {
        try {
            makeOwnFolder(path);
            return new DataFolder(path.toRealPath());
        } catch (IOException e) {
            throw new StartupRefusedException(
                    "realtime.data-dir (REALTIME_DATA_DIR) must be a folder this user may write and close to others,"
                            + " but " + path + " is not: " + reason(e)
                            + ". With REDIS_HOST and all secrets set none is needed.",
                    e);
        }
    }

    /** The folder as it is, without making or changing anything. */
    public static DataFolder existing(Path path) {
        return new DataFolder(path);
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Makes a folder that its owner alone may enter, or closes it to others. */
    public static void makeOwnFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(folder, attributes(OWNER_FOLDER));
            } catch (FileAlreadyExistsException e) {
                // Another service was faster; or it is a file, which shows at once.
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
        if (POSIX && !OWNER_FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("it is not writable");
        }
    }

    /** The file's text without surrounding white space, or null when there is no such file. */
    @Nullable
    public String read(String name) throws IOException {
        try {
            return Files.readString(resolve(name), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Writes a file for its owner alone; readers see the old text or the new, never a part. */
    public void write(String name, String text) throws IOException {
        Path target = resolve(name);
        Path parent = target.getParent();
        Path part = Files.createTempFile(parent == null ? path : parent, ".new-", "", attributes(OWNER_FILE));
        try {
            Files.writeString(part, text, StandardCharsets.UTF_8);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What to make a file with, so that it has these permissions from the first; nothing where there are none. */
    public static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Makes a file one that its owner may run and nobody else may touch. */
    public static void makeOwnProgram(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, OWNER_FOLDER);
        }
    }

    /** Why a file could not be read or written, for a person. */
    public static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "access denied (" + denied.getFile() + ")";
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            case java.nio.file.FileSystemException failed
            when failed.getReason() != null -> failed.getReason() + " (" + failed.getFile() + ")";
            default -> e.getMessage() == null ? name : name + ": " + e.getMessage();
        };
    }
}
