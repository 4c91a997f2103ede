<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!--
  A page from a report in XML: xsltproc sriov-report.xsl report.xml > report.html
  Simpler than the page that the tools write (-f html): the tree is a list, not a picture; the facts are the same.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:libsriov:report:1" exclude-result-prefixes="r">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:key name="below" match="r:function" use="concat(generate-id(..), @upstream)"/>

  <xsl:template match="/">
    <html lang="en">
      <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>SR-IOV: <xsl:value-of select="//r:answer"/></title>
        <style>
          :root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--soft:#5a6572;--line:#d3d9e0;--good:#14713d;--bad:#b3161f;--warn:#855400}
          @media (prefers-color-scheme:dark){:root{--fg:#e4e8ec;--bg:#14181d;--soft:#9da7b3;--line:#39424d;--good:#5fd08b;--bad:#ff8b8f;--warn:#f0c05a}}
          body{max-width:76rem;margin:0 auto;padding:1rem 1.25rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,'DejaVu Sans',sans-serif}
          h1{font-size:1.45rem}h2{font-size:1.15rem;border-bottom:1px solid var(--line);margin-top:2rem}h3{font-size:1rem;margin:.3rem 0}
          code{font:.92em ui-monospace,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
          table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line)}
          .pass,.ready,.ok{color:var(--good)}.fail,.blocked{color:var(--bad)}.unknown{color:var(--warn)}.soft,.notapplicable{color:var(--soft)}
          article{border-left:.35rem solid var(--soft);padding:.3rem 1rem;margin:.8rem 0}article.error{border-color:var(--bad)}article.warning{border-color:var(--warn)}
          th code{white-space:nowrap}summary{cursor:pointer}ul.tree{list-style:none}.scroll{overflow-x:auto}
        </style>
      </head>
      <body><xsl:apply-templates select="r:sriov-report | r:sriov-reports/r:sriov-report"/></body>
    </html>
  </xsl:template>

  <xsl:template match="r:sriov-report">
    <header>
      <xsl:if test="@verdict"><p><b class="{@verdict}"><xsl:value-of select="@verdict"/></b></p></xsl:if>
      <h1><xsl:choose><xsl:when test="r:answer"><xsl:value-of select="r:answer"/></xsl:when><xsl:otherwise>PCI functions, decoded</xsl:otherwise></xsl:choose></h1>
      <p class="soft">source <b><xsl:value-of select="@source"/></b> (<xsl:value-of select="@source-kind"/>)<xsl:if test="@goal"> · goal <b><xsl:value-of select="@goal"/></b></xsl:if>
        · <xsl:value-of select="r:host/@kind"/><xsl:if test="r:host/r:system/@product"> · <xsl:value-of select="r:host/r:system/@product"/></xsl:if><xsl:if test="r:host/@kernel"> · kernel <xsl:value-of select="r:host/@kernel"/></xsl:if>
        · IOMMU <xsl:value-of select="r:host/r:iommu/@state"/> · interrupt remapping <xsl:value-of select="r:host/r:interrupt-remapping/@state"/></p>
      <xsl:if test="string(r:host/r:cmdline)"><p class="soft">kernel command line <code><xsl:value-of select="r:host/r:cmdline"/></code></p></xsl:if>
    </header>
    <main>
      <xsl:if test="r:ladder"><h2>How far each PF got</h2><xsl:call-template name="ladders"/></xsl:if>
      <xsl:if test="r:finding">
        <h2>Findings</h2>
        <xsl:apply-templates select="r:finding[@role='root' and @state='fail' and @severity='error']"/>
        <xsl:apply-templates select="r:finding[@role='root' and @state='fail' and @severity!='error']"/>
        <xsl:apply-templates select="r:finding[@role='root' and @state='unknown']"/>
        <xsl:if test="r:finding[@role='consequence' and @state!='pass']">
          <details><summary>What follows from these, and goes away with them</summary><xsl:apply-templates select="r:finding[@role='consequence' and @state!='pass']"/></details>
        </xsl:if>
        <xsl:if test="r:finding[@role='root' and @state='informational']">
          <details><summary>For information</summary><xsl:apply-templates select="r:finding[@role='root' and @state='informational']"/></details>
        </xsl:if>
        <xsl:if test="r:finding[@state='pass' or @state='notapplicable']">
          <details><summary>What was looked at and is in order</summary><xsl:apply-templates select="r:finding[@state='pass' or @state='notapplicable']"/></details>
        </xsl:if>
      </xsl:if>
      <xsl:if test="r:plan"><h2>Memory and bus numbers</h2><xsl:apply-templates select="r:plan"/></xsl:if>
      <xsl:if test="r:setting">
        <h2>Firmware settings</h2>
        <table><tr><th>Setting</th><th>Wanted</th><th>Found</th><th>How it is known</th></tr>
          <xsl:for-each select="r:setting"><tr><th><xsl:value-of select="@name"/></th><td><xsl:value-of select="@wanted"/></td><td><xsl:value-of select="@found"/></td>
            <td><xsl:value-of select="@how"/><xsl:text> </xsl:text><xsl:value-of select="@where"/></td></tr></xsl:for-each>
        </table>
      </xsl:if>
      <xsl:if test="r:rule"><h2>Rules</h2><xsl:call-template name="rules"/></xsl:if>
      <xsl:if test="r:change">
        <h2>Differences from what was expected</h2>
        <table><tr><th>Function</th><th>Field</th><th>Was</th><th>Is</th></tr>
          <xsl:for-each select="r:change"><tr><td><xsl:value-of select="@address"/></td><th><xsl:value-of select="@field"/></th><td><xsl:value-of select="@was"/></td><td><xsl:value-of select="@now"/></td></tr></xsl:for-each>
        </table>
      </xsl:if>
      <xsl:if test="r:problem">
        <h2>What of the source could not be used</h2>
        <ul><xsl:for-each select="r:problem"><li><xsl:value-of select="@source"/><xsl:if test="@line">:<xsl:value-of select="@line"/></xsl:if>: <xsl:value-of select="r:message"/>; <xsl:value-of select="r:advice"/></li></xsl:for-each></ul>
      </xsl:if>
      <xsl:if test="r:function">
        <h2>Functions</h2>
        <ul class="tree"><xsl:apply-templates select="r:function[not(@upstream) or not(@upstream = ../r:function/@address)]"/></ul>
      </xsl:if>
    </main>
  </xsl:template>

  <xsl:template name="ladders">
    <div class="scroll"><table>
      <xsl:for-each select="r:ladder">
        <tr><th><code><xsl:choose><xsl:when test="@address"><xsl:value-of select="@address"/></xsl:when><xsl:otherwise>this guest</xsl:otherwise></xsl:choose></code></th>
          <xsl:for-each select="r:rung"><td class="{@state}"><xsl:value-of select="@name"/><xsl:text> </xsl:text>
            <b><xsl:choose><xsl:when test="@state='pass'">✓</xsl:when><xsl:when test="@state='fail'">✗</xsl:when><xsl:when test="@state='unknown'">?</xsl:when><xsl:otherwise>–</xsl:otherwise></xsl:choose></b></td></xsl:for-each>
          <td>reached: <xsl:value-of select="@reached"/></td></tr>
      </xsl:for-each>
    </table></div>
  </xsl:template>

  <xsl:template match="r:finding">
    <article class="{@severity}">
      <h3><span class="{@state}"><xsl:value-of select="@state"/></span>: <xsl:value-of select="r:message"/></h3>
      <p class="soft"><code><xsl:value-of select="@id"/></code> on <code><xsl:value-of select="@subject"/></code> · rung <b><xsl:value-of select="@rung"/></b>
        <xsl:if test="@severity"> · <xsl:value-of select="@severity"/></xsl:if> · <xsl:value-of select="@confidence"/><xsl:if test="@because"> · because of <code><xsl:value-of select="@because"/></code></xsl:if></p>
      <xsl:if test="r:missing"><p>To decide it: <xsl:value-of select="r:missing"/></p></xsl:if>
      <xsl:if test="r:remedy"><ol><xsl:for-each select="r:remedy/r:step"><li><xsl:value-of select="."/></li></xsl:for-each></ol></xsl:if>
      <xsl:if test="r:evidence">
        <details><summary>Evidence (<xsl:value-of select="count(r:evidence)"/>)</summary>
          <table><tr><th>Where</th><th>Found</th><th>Expected</th></tr>
            <xsl:for-each select="r:evidence"><tr><td><code><xsl:value-of select="@where"/></code></td><td><code><xsl:value-of select="@value"/></code><xsl:text> </xsl:text><xsl:value-of select="."/></td><td><xsl:value-of select="@expected"/></td></tr></xsl:for-each>
          </table></details>
      </xsl:if>
      <xsl:if test="r:reference"><details><summary>References</summary><ul><xsl:for-each select="r:reference"><li><xsl:value-of select="@kind"/>: <xsl:value-of select="."/></li></xsl:for-each></ul></details></xsl:if>
    </article>
  </xsl:template>

  <xsl:template match="r:plan">
    <h3><code><xsl:value-of select="@address"/></code><xsl:if test="@vfs"><xsl:text> </xsl:text><xsl:value-of select="@vfs"/> VFs: <span class="{@outcome}"><xsl:value-of select="@outcome"/></span></xsl:if>
      <xsl:if test="@max-vfs">; at most <xsl:value-of select="@max-vfs"/> VFs as things stand</xsl:if><xsl:if test="@limited-by"> (<xsl:value-of select="@limited-by"/>)</xsl:if></h3>
    <xsl:for-each select="r:why | r:note"><p><xsl:value-of select="."/></p></xsl:for-each>
    <xsl:for-each select="r:threshold"><p>From <xsl:value-of select="@vfs"/> VFs: <xsl:value-of select="@limit"/>: <xsl:value-of select="@remedy"/></p></xsl:for-each>
    <xsl:if test="r:remedy"><p>What would help:</p><ul><xsl:for-each select="r:remedy"><li><xsl:value-of select="."/><xsl:if test="@after"> (<xsl:value-of select="@before"/> → <xsl:value-of select="@after"/>)</xsl:if></li></xsl:for-each></ul></xsl:if>
    <xsl:if test="r:routing">
      <table><tr><th>ARI</th><th>Offset</th><th>Stride</th><th>Routing IDs of the VFs</th><th>Known how</th></tr>
        <xsl:for-each select="r:routing"><tr><td><xsl:value-of select="@ari"/><xsl:if test="@current='true'"> (now)</xsl:if></td><td><xsl:value-of select="@first-offset"/></td><td><xsl:value-of select="@stride"/></td>
          <td><xsl:for-each select="r:range[position() &lt;= 8]"><code><xsl:value-of select="@first"/><xsl:if test="@to != @from"> to <xsl:value-of select="@last"/></xsl:if></code><xsl:if test="@reached='false'"> out of reach</xsl:if><br/></xsl:for-each>
            <xsl:if test="count(r:range) &gt; 8">and <xsl:value-of select="count(r:range) - 8"/> more rows</xsl:if></td><td><xsl:value-of select="@how"/></td></tr></xsl:for-each>
      </table>
    </xsl:if>
    <xsl:if test="r:memory">
      <table><tr><th>VF BAR</th><th>Type</th><th>One VF</th><th>TotalVFs</th><th>Class</th><th>Assigned</th></tr>
        <xsl:for-each select="r:memory"><tr><td><xsl:value-of select="@index"/></td><td><xsl:value-of select="@type"/>-bit<xsl:if test="@prefetchable='true'"> prefetchable</xsl:if></td><td><xsl:value-of select="@size"/></td>
          <td><xsl:value-of select="@total"/></td><td><xsl:value-of select="@class"/></td><td><xsl:value-of select="@assigned"/></td></tr></xsl:for-each>
      </table>
    </xsl:if>
    <xsl:if test="r:window">
      <table><tr><th>Window</th><th>Port</th><th>Range</th><th>Used</th><th>Free</th><th>Needed</th></tr>
        <xsl:for-each select="r:window"><tr><td><xsl:value-of select="@kind"/></td><td><code><xsl:value-of select="@port"/></code></td><td><code><xsl:value-of select="@start"/>-<xsl:value-of select="@end"/></code></td>
          <td><xsl:value-of select="@used"/></td><td><xsl:value-of select="@free"/></td><td><xsl:value-of select="@needed"/></td></tr></xsl:for-each>
      </table>
    </xsl:if>
    <xsl:for-each select="r:buses"><p>Buses below <code><xsl:value-of select="@port"/></code>: there <xsl:value-of select="@have"/>, needed <xsl:value-of select="@need"/><xsl:if test="@reservable">, free behind them <xsl:value-of select="@reservable"/></xsl:if></p></xsl:for-each>
    <xsl:for-each select="r:assume"><p>Assumed: <xsl:value-of select="@key"/>=<xsl:value-of select="@value"/></p></xsl:for-each>
  </xsl:template>

  <xsl:template name="rules">
    <table><tr><th>Rule</th><th>Function</th><th>State</th><th>What it asks</th><th>Specification</th></tr>
      <xsl:for-each select="r:rule">
        <xsl:sort select="number(@state='fail')" data-type="number" order="descending"/>
        <tr><th><code><xsl:value-of select="@id"/></code></th><td><code><xsl:value-of select="@subject"/></code></td>
          <td class="{@state}"><xsl:value-of select="@state"/><xsl:text> </xsl:text><xsl:if test="@state='fail'"><xsl:value-of select="@severity"/></xsl:if><xsl:if test="@waived"> waived: <xsl:value-of select="@waived"/></xsl:if></td>
          <td><xsl:value-of select="r:title"/><xsl:if test="r:found">; found <code><xsl:value-of select="r:found"/></code></xsl:if><xsl:if test="r:expected">, expected <code><xsl:value-of select="r:expected"/></code></xsl:if><xsl:if test="r:why">; <xsl:value-of select="r:why"/></xsl:if></td>
          <td><xsl:value-of select="@spec"/></td></tr>
      </xsl:for-each>
    </table>
  </xsl:template>

  <!-- the tree: each function with those below it -->
  <xsl:template match="r:function">
    <li>
      <details><summary><code><xsl:value-of select="@address"/></code><xsl:text> </xsl:text><xsl:value-of select="@vendor"/>:<xsl:value-of select="@device"/><xsl:text> </xsl:text><b><xsl:value-of select="@role"/></b>
        <xsl:if test="@driver"> · <xsl:value-of select="@driver"/></xsl:if><xsl:if test="r:bus"> · buses <xsl:value-of select="r:bus/@secondary"/>-<xsl:value-of select="r:bus/@subordinate"/></xsl:if>
        <xsl:if test="r:virt_functions"> · <xsl:value-of select="count(r:vf[@exists='true'])"/> of <xsl:value-of select="r:virt_functions/@maxCount"/> VFs exist</xsl:if></summary>
        <xsl:for-each select="r:window"><p><xsl:value-of select="@kind"/> window <code><xsl:value-of select="@start"/>-<xsl:value-of select="@end"/></code></p></xsl:for-each>
        <xsl:for-each select="r:vf-bar"><p>VF BAR <xsl:value-of select="@index"/>: <xsl:value-of select="@size"/> each, <xsl:value-of select="@total"/> in all, assigned: <xsl:value-of select="@assigned"/>, at <code><xsl:value-of select="@address"/></code></p></xsl:for-each>
        <xsl:if test="r:vf"><details><summary><xsl:value-of select="count(r:vf)"/> VFs</summary><table><tr><th>VF</th><th>Address</th><th>Exists</th><th>Driver</th></tr>
          <xsl:for-each select="r:vf"><tr><td><xsl:value-of select="@index"/></td><td><code><xsl:value-of select="@address"/></code></td><td><xsl:value-of select="@exists"/></td><td><xsl:value-of select="@driver"/></td></tr></xsl:for-each></table></details></xsl:if>
        <xsl:for-each select="r:capability">
          <p><b><xsl:value-of select="@name"/></b> <span class="soft"> id <xsl:value-of select="@id"/> at <xsl:value-of select="@offset"/></span></p>
          <xsl:if test="r:field"><table><xsl:for-each select="r:field"><tr><td><xsl:value-of select="@name"/></td><td><code><xsl:value-of select="@value"/></code><xsl:text> </xsl:text><xsl:value-of select="."/></td></tr></xsl:for-each></table></xsl:if>
        </xsl:for-each>
      </details>
      <xsl:variable name="below" select="key('below', concat(generate-id(..), @address))"/>
      <xsl:if test="$below"><ul class="tree"><xsl:apply-templates select="$below"/></ul></xsl:if>
    </li>
  </xsl:template>
</xsl:stylesheet>
