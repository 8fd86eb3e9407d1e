package dev.realtime.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PhoneMaskTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"phoneClient":"+79271234567"}                | {"phoneClient":"+•••••••••67"}
            {"phone":79271234567}                         | {"phone":"•••••••••67"}
            {"phone":"call me"}                           | {"phone":"•••• ••"}
            {"client":{"Phones":["12-34-56"]}}            | {"client":{"Phones":["••-••-56"]}}
            {"note":"ring 8 (927) 765-43-21 after six"}   | {"note":"ring • (•••) •••-••-21 after six"}
            {"a":[{"text":"+44 20 7946 0958, or not"}]}   | {"a":[{"text":"+•• •• •••• ••58, or not"}]}
            {"at":"2026-11-25 09:30:00"}                  | {"at":"2026-11-25 09:30:00"}
            {"at":"2026-11-25T09:30:00.123456789Z"}       | {"at":"2026-11-25T09:30:00.123456789Z"}
            {"id":12345678901,"time":1764063000000}       | {"id":12345678901,"time":1764063000000}
            {"amount":"7800000000.50","n":null,"b":true}  | {"amount":"7800000000.50","n":null,"b":true}
            """)
    void onlyNumbersToCallAreHidden(String payload, String masked) {
        assertThat(PhoneMask.mask(JSON.readTree(payload)).toString()).isEqualTo(masked);
    }
}
