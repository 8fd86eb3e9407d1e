package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDownloadTest {

    @Test
    void whatSeparatesIsQuoted() throws Exception {
        StringWriter text = new StringWriter();
        new CsvDownload.Csv(text).row(List.of("a", "b,c", "say \"no\"", "two\nlines", ""));
        assertThat(text.toString()).isEqualTo("\"a\",\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+79991234567", "-1", "@sum", "\tx"})
    void aSpreadsheetTakesNothingForAFormula(String value) {
        assertThat(CsvDownload.Csv.cell(value)).isEqualTo("\"'" + value + "\"");
    }
}
