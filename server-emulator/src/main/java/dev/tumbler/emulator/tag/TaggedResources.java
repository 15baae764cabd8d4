package dev.tumbler.emulator.tag;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The resources of one type, as far as they can be tagged. Thread-safe. */
public interface TaggedResources {
    /** What requests call the type: {@code secret} or {@code key}. */
    String resourceType();

    /**
     * Changes the tags of each of these resources, or of none if one of them refuses.
     *
     * @param resourceIds names or ids, as requests give them
     * @throws dev.tumbler.emulator.error.KmsError if a resource does not exist, or is in a state in which its tags cannot
     *     be changed, or {@code change} refuses
     */
    void changeTags(Collection<String> resourceIds, UnaryOperator<Tags> change);

    /** The tags of one resource; empty if there is no such resource. */
    Optional<Tags> tagsOf(String resourceId);

    /** The tags of each resource, by the id under which they are listed. */
    NavigableMap<String, Tags> tags();
}
