package dev.realtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

    @Test
    void hasDefaults() throws Exception {
        assertThat(DemoOptions.parse(List.of()))
                .isEqualTo(
                        new DemoOptions(List.of(URI.create("http://127.0.0.1:5009")), 40, 1.5, Duration.ofHours(8), 1));
    }

    @Test
    void readsBothFormsOfAnOption() throws Exception {
        DemoOptions options = DemoOptions.parse(List.of(
                "--url",
                "http://127.0.0.1:1, https://demo.example:2/",
                "--operators=200",
                "--rate",
                "0.1",
                "--minutes=1",
                "--seed",
                "-7"));
        assertThat(options.urls())
                .containsExactly(URI.create("http://127.0.0.1:1/"), URI.create("https://demo.example:2/"));
        assertThat(options.operators()).isEqualTo(200);
        assertThat(options.rate()).isEqualTo(0.1);
        assertThat(options.length()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.seed()).isEqualTo(-7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--speed=1        | Unknown argument \"--speed=1\"; see --help.",
                "more             | Unknown argument \"more\"; see --help.",
                "--operators      | --operators needs a value; see --help.",
                "--operators=0    | --operators must be a number from 1 to 200, not \"0\".",
                "--operators=201  | --operators must be a number from 1 to 200, not \"201\".",
                "--operators=all  | --operators must be a number from 1 to 200, not \"all\".",
                "--rate=0         | --rate must be a number from 0.1 to 50, not \"0\".",
                "--rate=51        | --rate must be a number from 0.1 to 50, not \"51\".",
                "--rate=NaN       | --rate must be a number from 0.1 to 50, not \"NaN\".",
                "--minutes=0      | --minutes must be a number from 1 to 10080, not \"0\".",
                "--minutes=10081  | --minutes must be a number from 1 to 10080, not \"10081\".",
                "--seed=x         | --seed must be a whole number, not \"x\"."
            })
    void refusalsNameTheValidValues(String argument, String message) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(argument)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5009",
        "ftp://127.0.0.1",
        "http://",
        "mailto:x",
        "http://user:word@127.0.0.1",
        "http://127.0.0.1/path",
        "http://127.0.0.1?token=1",
        "'http://127.0.0.1:1,'",
        "'ht tp://x'"
    })
    void anAddressIsSchemeHostAndPort(String url) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--url", url)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("--url must be addresses such as");
    }
}
