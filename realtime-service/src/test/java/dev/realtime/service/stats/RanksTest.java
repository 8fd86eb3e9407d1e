package dev.realtime.service.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RanksTest {

    private record Row(int key, int id) {}

    private static final Comparator<Row> ORDER =
            Comparator.comparingInt(Row::key).thenComparing(Row::id);

    @Test
    void everyStretchIsThatOfTheSortedList() {
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 7, 8, 9, 100, 1_000}) {
            List<Row> rows = random.ints(size, 0, 50)
                    .mapToObj(key -> new Row(key, random.nextInt()))
                    .toList();
            List<Row> sorted = rows.stream().sorted(ORDER).toList();
            for (int n = 0; n < 200; n++) {
                int from = random.nextInt(size + 1);
                int to = from + random.nextInt(Math.min(120, size - from) + 1);
                assertThat(Ranks.between(rows, ORDER, from, to)).isEqualTo(sorted.subList(from, to));
            }
        }
    }
}
