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

/**
 * The folder for what the programs generate: secrets and the embedded Redis. Only its owner may access it (mode 700,
 * files 600).
 */
public final class DataFolder {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    /** The permissions of files in this folder: their owner may read and write them. */
    public static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder if it is missing and removes the permissions of other users.
     *
     * @throws StartupRefusedException if the folder cannot be created, restricted or written
     */
    public static DataFolder open(Path path) {
        try {
            makeOwnFolder(path);
            return new DataFolder(path.toRealPath());
        } catch (IOException e) {
            throw new StartupRefusedException(
                    "realtime.data-dir (REALTIME_DATA_DIR) must be a folder that this user owns and can write,"
                            + " but " + path + " is not: " + reason(e)
                            + ". The folder is not needed if REDIS_HOST and all secrets are set.",
                    e);
        }
    }

    /** The folder as it is: creates and changes nothing. */
    public static DataFolder existing(Path path) {
        return new DataFolder(path);
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Creates a folder that only its owner may enter, or restricts an existing one. */
    public static void makeOwnFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(folder, attributes(OWNER_FOLDER));
            } catch (FileAlreadyExistsException e) {
                // Another process created the folder meanwhile, unless the path is a file.
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

    /** The file's text without surrounding white space, or null if the file does not exist. */
    @Nullable
    public String read(String name) throws IOException {
        try {
            return Files.readString(resolve(name), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Writes a file that only its owner may access. Atomic: readers see either the old or the new text. */
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

    /** The attributes that create a file with these permissions; none on file systems without POSIX permissions. */
    public static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Makes a file executable for its owner and inaccessible to others. */
    public static void makeOwnProgram(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, OWNER_FOLDER);
        }
    }

    /** Describes for an operator why a file operation failed. */
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
