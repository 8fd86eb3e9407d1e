package dev.realtime.service.payload;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Removes members from a JSON object by their offsets, and leaves every other byte as it is. */
final class Cutter {

    /**
     * The place of a member.
     *
     * @param start the offset of the opening quote of its name
     * @param end the offset after its value
     */
    record Member(String name, int start, int end) {}

    private record Range(int from, int to) {}

    private Cutter() {}

    /** The object's bytes without the members of these names, and without the commas that separated them. */
    static byte[] without(byte[] bytes, List<Member> members, Set<String> names) {
        List<Range> cuts = new ArrayList<>();
        boolean keptBefore = false;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (!names.contains(member.name())) {
                keptBefore = true;
            } else if (keptBefore) {
                // Cut from the end of the previous member: the comma goes, and what follows stays.
                cuts.add(new Range(members.get(i - 1).end(), member.end()));
            } else {
                boolean last = i == members.size() - 1;
                cuts.add(new Range(
                        member.start(), last ? member.end() : members.get(i + 1).start()));
            }
        }
        return apply(bytes, cuts);
    }

    private static byte[] apply(byte[] bytes, List<Range> cuts) {
        if (cuts.isEmpty()) {
            return bytes;
        }
        cuts.sort(Comparator.comparingInt(Range::from));
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        int position = 0;
        for (Range cut : cuts) {
            kept.write(bytes, position, cut.from() - position);
            position = cut.to();
        }
        kept.write(bytes, position, bytes.length - position);
        return kept.toByteArray();
    }
}
