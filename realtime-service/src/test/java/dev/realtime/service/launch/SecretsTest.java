package dev.realtime.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SecretsTest {

    @TempDir
    Path directory;

    private DataFolder folder;

    @BeforeEach
    void openFolder() {
        folder = DataFolder.open(directory.resolve("data"));
    }

    @Test
    void unsetOnesAreMadeOnceAndKeptForTheOwnerAlone() throws IOException {
        Secrets first = secrets(new MockEnvironment());
        assertThat(first.ownMaking()).containsExactly("JWT_SECRET", "WEBHOOK_TOKEN", "ADMIN_API_SECRET");
        assertThat(first.jwtSecret()).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(first.webhookToken());
        assertThat(secrets(new MockEnvironment())).isEqualTo(first);
        for (String file : new String[] {"jwt-secret", "webhook-token", "admin-api-secret"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void everyFolderHasItsOwn() throws IOException {
        Secrets first = secrets(new MockEnvironment());
        folder = DataFolder.open(directory.resolve("other"));
        assertThat(secrets(new MockEnvironment()).jwtSecret()).isNotEqualTo(first.jwtSecret());
    }

    @Test
    void setOnesAreNotKept() throws IOException {
        Secrets secrets =
                secrets(new MockEnvironment().withProperty("JWT_SECRET", "a-secret-that-is-long-enough-for-hs256"));
        assertThat(secrets.ownMaking()).containsExactly("WEBHOOK_TOKEN", "ADMIN_API_SECRET");
        assertThat(folder.resolve("jwt-secret")).doesNotExist();
    }

    @Test
    void aDamagedFileIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("jwt-secret"), "\n");
        assertThatThrownBy(() -> secrets(new MockEnvironment()))
                .isInstanceOf(StartupRefusedException.class)
                .hasMessageContaining(folder.resolve("jwt-secret").toString());
    }

    @Test
    void neitherIsEverPrinted() throws IOException {
        Secrets secrets = secrets(new MockEnvironment());
        assertThat(secrets.toString()).doesNotContain(secrets.jwtSecret()).doesNotContain(secrets.webhookToken());
    }

    @Test
    void aFolderOpenToOthersIsClosed() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataFolder.open(open);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderThatCannotBeIsRefusedByName() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(StartupRefusedException.class)
                .hasMessageStartingWith("realtime.data-dir (REALTIME_DATA_DIR) must be");
    }

    private Secrets secrets(MockEnvironment environment) throws IOException {
        return Secrets.ofOrMadeIn(folder, BriefVariables.settings(environment));
    }
}
