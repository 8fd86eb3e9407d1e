package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvDownloadTest {

    @Test
    void quotesSeparators() throws Exception {
        StringWriter text = new StringWriter();
        new CsvDownload.Csv(text).row(List.of("a", "b,c", "say \"no\"", "two\nlines", ""));
        assertThat(text.toString()).isEqualTo("\"a\",\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",\"\"\r\n");
    }
}
