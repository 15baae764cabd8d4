package dev.tumbler.emulator.gateway.openapi.kms;

import dev.tumbler.emulator.error.KmsError;
import dev.tumbler.emulator.gateway.openapi.Parameters;
import dev.tumbler.emulator.tag.TaggedResources;
import dev.tumbler.emulator.tag.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How the actions for tags name what is to be tagged. */
final class TaggableResources {
    private static final int MAX_RESOURCES = 50;

    /** The type that each parameter of the older actions is of. */
    private static final Map<String, String> TYPES =
            Map.of("SecretName", "secret", "KeyId", "key", "CertificateId", "certificate");

    private final String region;
    private final Map<String, TaggedResources> byType = new LinkedHashMap<>();

    TaggableResources(String region, TaggedResources... types) {
        this.region = region;
        Stream.of(types).forEach(resources -> byType.put(resources.resourceType(), resources));
    }

    /** The one resource that a parameter of its own names: {@code SecretName}, {@code KeyId} or {@code CertificateId}. */
    One one(Parameters parameters) {
        List<String> given = TYPES.keySet().stream()
                .filter(parameter -> parameters.optional(parameter) != null)
                .toList();
        if (given.isEmpty()) {
            throw KmsError.missingParameter("SecretName");
        }
        if (given.size() > 1) {
            throw KmsError.invalidParameter(
                    given.get(0), "Exactly one of SecretName, KeyId and CertificateId must be given.");
        }
        String parameter = given.get(0);
        TaggedResources resources = byType.get(TYPES.get(parameter));
        if (resources == null) {
            throw KmsError.unsupportedOperation("The emulator has nothing that " + parameter + " could name.");
        }
        return new One(resources, parameters.required(parameter));
    }

    /** The resources that {@code ResourceType} and {@code ResourceId.N} name; one at least. */
    Many many(Parameters parameters) {
        TaggedResources resources = ofType(parameters);
        List<String> ids = ids(parameters);
        if (ids.isEmpty()) {
            throw KmsError.missingParameter("ResourceId.1");
        }
        return new Many(resources, ids);
    }

    /** The resources of {@code ResourceType}. */
    TaggedResources ofType(Parameters parameters) {
        if (!parameters.required("RegionId").equals(region)) {
            throw KmsError.invalidParameter("RegionId", "This is the region " + region + ".");
        }
        TaggedResources resources = byType.get(parameters.required("ResourceType"));
        if (resources == null) {
            throw KmsError.invalidParameter(
                    "ResourceType", "It must be one of these: " + String.join(", ", byType.keySet()) + ".");
        }
        return resources;
    }

    /** {@code ResourceId.N}; may be empty. */
    static List<String> ids(Parameters parameters) {
        List<String> ids = parameters.list("ResourceId");
        if (ids.size() > MAX_RESOURCES) {
            throw KmsError.invalidParameter("ResourceId", "At most 50 resources can be given.");
        }
        return ids;
    }

    /** One resource. */
    record One(TaggedResources resources, String id) {
        void change(UnaryOperator<Tags> change) {
            resources.changeTags(List.of(id), change);
        }
    }

    /** Several resources of one type. */
    record Many(TaggedResources resources, List<String> ids) {
        /** Changes all of them, or none. */
        void change(UnaryOperator<Tags> change) {
            ids.stream()
                    .filter(id -> resources.tagsOf(id).isEmpty())
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw KmsError.resourceIdNotFound(unknown);
                    });
            resources.changeTags(ids, change);
        }
    }
}
