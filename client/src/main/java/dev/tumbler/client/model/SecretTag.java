package dev.tumbler.client.model;

/**
 * A tag in a list of the tags of several secrets.
 *
 * @param resourceId the secret that has the tag; its name (<em>assumed</em>: the reference calls it the id of the resource)
 * @param tagKey the key
 * @param tagValue the value
 */
public record SecretTag(String resourceId, String tagKey, String tagValue) {}
