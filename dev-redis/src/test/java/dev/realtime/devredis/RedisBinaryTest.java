package dev.realtime.devredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {

    @ParameterizedTest
    @CsvSource({"Linux,amd64", "Linux,aarch64", "Mac OS X,x86_64", "Mac OS X,aarch64"})
    void thereIsOneForEveryPlatformWeName(String os, String machine) {
        assertThat(RedisBinary.class.getResource("/" + RedisBinary.resource(os, machine)))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Windows 11,amd64", "Linux,riscv64"})
    void elsewhereTheSentenceNamesTheWayOut(String os, String machine) {
        assertThatThrownBy(() -> RedisBinary.resource(os, machine))
                .isInstanceOf(StartupRefusedException.class)
                .hasMessageStartingWith("REDIS_HOST must be set on this machine")
                .hasMessageContaining(os)
                .hasMessageContaining(machine);
    }

    @Test
    void itIsUnpackedOnceAndAgainWhenItIsIncomplete(@TempDir Path folder) throws IOException {
        Path program = RedisBinary.unpackInto(folder);
        long size = Files.size(program);
        Files.setLastModifiedTime(program, FileTime.fromMillis(1_000_000));
        RedisBinary.unpackInto(folder);
        assertThat(Files.getLastModifiedTime(program).toMillis()).isEqualTo(1_000_000);

        Files.writeString(program, "half a file");
        assertThat(RedisBinary.unpackInto(folder)).hasSize(size);
        assertThat(Files.list(folder)).hasSize(1);
    }
}
