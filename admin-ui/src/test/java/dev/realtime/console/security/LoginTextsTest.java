package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LoginTextsTest {

    @Test
    void everyReasonHasATextInBothLanguages() throws IOException {
        Properties english = texts("en");
        Properties russian = texts("ru");
        assertThat(russian.keySet()).isEqualTo(english.keySet());
        for (LoginFailure.Reason reason : LoginFailure.Reason.values()) {
            assertThat(english)
                    .containsKeys(
                            "login.error." + reason.parameter() + ".title",
                            "login.error." + reason.parameter() + ".text");
        }
        assertThat(russian.getProperty("login.submit")).isEqualTo("Войти");
    }

    @Test
    void loggedNamesAreShortAndOnOneLine() {
        assertThat(LoginFailure.readable("Ирина\r\n\u202e\"x")).isEqualTo("Ирина????x");
        assertThat(LoginFailure.readable("x".repeat(500))).hasSize(60);
    }

    private static Properties texts(String language) throws IOException {
        var texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        LoginTextsTest.class.getResourceAsStream("/i18n/login_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
