<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!--
  A page from a report in XML: xsltproc sriov-report.xsl report.xml > report.html
  Simpler than the page that the tools write (-f html); the picture of the tree and the bars are there, and the facts are the same.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:libsriov:report:1" exclude-result-prefixes="r">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:key name="below" match="r:function" use="concat(generate-id(..), @upstream)"/>
  <xsl:key name="at" match="r:function" use="concat(generate-id(..), @address)"/>
  <xsl:key name="fail" match="r:finding[@state='fail' and @role='root' and @severity!='info']" use="generate-id(..)"/>
  <xsl:key name="fails" match="r:finding[@state='fail' and @role='root' and @severity!='info']" use="concat(generate-id(..), @subject)"/>
  <xsl:key name="lacks" match="r:plan[@limited-by='mmio' or @outcome='ENOMEM']/r:window[@lacks]" use="concat(generate-id(../..), @port)"/>

  <xsl:template match="/">
    <html lang="en">
      <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>SR-IOV: <xsl:value-of select="//r:answer"/></title>
        <style>
          :root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--soft:#5a6572;--line:#d3d9e0;--good:#14713d;--bad:#b3161f;--bad-bg:#fdebec;--warn:#855400;--link:#0b57a8;--box:#fff}
          @media (prefers-color-scheme:dark){:root{--fg:#e4e8ec;--bg:#14181d;--soft:#9da7b3;--line:#39424d;--good:#5fd08b;--bad:#ff8b8f;--bad-bg:#3d1719;--warn:#f0c05a;--link:#7cbcff;--box:#222932}}
          body{max-width:76rem;margin:0 auto;padding:1rem 1.25rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,'DejaVu Sans',sans-serif}
          h1{font-size:1.45rem}h2{font-size:1.15rem;border-bottom:1px solid var(--line);margin-top:2rem}h3{font-size:1rem;margin:.3rem 0}
          code{font:.92em ui-monospace,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
          table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line)}
          .pass,.ready,.ok{color:var(--good)}.fail,.blocked{color:var(--bad)}.unknown{color:var(--warn)}.soft,.notapplicable{color:var(--soft)}
          article{border-left:.35rem solid var(--soft);padding:.3rem 1rem;margin:.8rem 0}article.error{border-color:var(--bad)}article.warning{border-color:var(--warn)}
          th code{white-space:nowrap}summary{cursor:pointer}ul.tree{list-style:none}.scroll{overflow-x:auto}
          figure{margin:.5rem 0}figcaption{color:var(--soft);font-size:.9rem}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
          svg{display:block}svg text{fill:var(--fg);font:13px system-ui,'DejaVu Sans',sans-serif}svg .m{font:600 13px ui-monospace,'DejaVu Sans Mono',monospace;white-space:pre}
          svg .s{fill:var(--soft);font-size:12px}svg .note{fill:var(--bad)}svg .note.warn{fill:var(--warn)}
          svg .node{fill:var(--box);stroke:var(--soft);stroke-width:1.2}svg .node.pf{stroke:var(--link);stroke-width:1.8}svg .node.dash{stroke-dasharray:5 4}
          svg .node.bad{fill:var(--bad-bg);stroke:var(--bad);stroke-width:2}svg .edge{fill:none;stroke:var(--soft);stroke-width:1.5}svg .edge.bad{stroke:var(--bad);stroke-width:3}
          svg .vf{fill:none;stroke:var(--soft)}svg .vf.there{fill:var(--good);stroke:var(--good)}svg .vf.bad{fill:var(--bad-bg);stroke:var(--bad);stroke-width:2}
          svg .used{fill:var(--soft)}svg .free{fill:var(--good)}svg .need{fill:var(--link)}svg .short{fill:var(--bad)}svg .back{fill:var(--line)}
          .bar{display:grid;grid-template-columns:minmax(13rem,1fr) 2fr;gap:.2rem 1.2rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
          @media (max-width:46rem){.bar{grid-template-columns:1fr}}
          @media print{figure svg{max-width:100%;height:auto}}
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
      <xsl:call-template name="picture"/>
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
    <xsl:for-each select="r:threshold"><p>From <xsl:value-of select="@vfs"/> VF<xsl:if test="@vfs != 1">s</xsl:if> on, limited by <xsl:value-of select="@limit"/></p></xsl:for-each>
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
    <xsl:for-each select="r:window"><xsl:call-template name="window-bar"/></xsl:for-each>
    <xsl:for-each select="r:buses"><xsl:call-template name="buses-bar"/></xsl:for-each>
    <xsl:for-each select="r:assume"><p>Assumed: <xsl:value-of select="@key"/>=<xsl:value-of select="@value"/></p></xsl:for-each>
  </xsl:template>

  <!-- bars: what of a window is used and free, and below it what is needed; the same for bus numbers -->
  <xsl:template name="window-bar">
    <xsl:variable name="used"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after(@used, 'x')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="free"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after(@free, 'x')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="needed"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after(@needed, 'x')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="there" select="$used + $free"/>
    <xsl:variable name="all" select="$there * ($there &gt;= $needed) + $needed * ($needed &gt; $there)"/>
    <xsl:variable name="unit" select="600 div ($all + ($all = 0))"/>
    <xsl:variable name="wide" select="floor($used * $unit) + 2 * ($used &gt; 0 and $used * $unit &lt; 2)"/>
    <xsl:variable name="lacks" select="boolean(@lacks and (../@limited-by='mmio' or ../@outcome='ENOMEM'))"/>
    <xsl:variable name="facts">used <xsl:call-template name="size"><xsl:with-param name="of" select="@used"/></xsl:call-template>, free <xsl:call-template name="size"><xsl:with-param name="of" select="@free"/></xsl:call-template>, </xsl:variable>
    <xsl:variable name="need">needed <xsl:call-template name="size"><xsl:with-param name="of" select="@needed"/></xsl:call-template></xsl:variable>
    <div class="bar">
      <div><b><xsl:value-of select="@kind"/></b> window of <code><xsl:choose><xsl:when test="@port='root'">the root bus</xsl:when><xsl:otherwise><xsl:value-of select="@port"/></xsl:otherwise></xsl:choose></code>
        <xsl:if test="@start"><br/><code><xsl:value-of select="@start"/>-<xsl:value-of select="@end"/></code></xsl:if><br/><xsl:value-of select="$facts"/>
        <span class="pass"><xsl:if test="$lacks"><xsl:attribute name="class">fail</xsl:attribute></xsl:if><xsl:value-of select="$need"/><xsl:choose><xsl:when test="$lacks">: too little</xsl:when><xsl:when test="$needed &gt; $free">: in place</xsl:when></xsl:choose></span></div>
      <svg role="img" width="100%" height="34" viewBox="0 0 600 34" preserveAspectRatio="none"><title><xsl:value-of select="concat($facts, $need)"/></title>
        <rect class="back" width="600" height="34"/>
        <rect class="used" y="2" width="{$wide}" height="14"/>
        <rect class="free" x="{$wide}" y="2" width="{floor($free * $unit) + 2 * ($free &gt; 0 and $free * $unit &lt; 2)}" height="14"/>
        <rect class="need" x="{$wide * ($needed &lt;= $all - $used)}" y="18" width="{floor($needed * $unit) + 2 * ($needed &gt; 0 and $needed * $unit &lt; 2)}" height="14">
          <xsl:if test="$lacks"><xsl:attribute name="class">short</xsl:attribute></xsl:if></rect>
      </svg>
    </div>
  </xsl:template>

  <xsl:template name="buses-bar">
    <xsl:variable name="from"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-before(@have, '-')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="to"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after(@have, '-')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="need-from"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-before(@need, '-')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="need-end"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after(@need, '-')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="need-to" select="$need-end * ($need-end &lt;= 255) + 255 * ($need-end &gt; 255)"/>
    <xsl:variable name="lacks" select="$need-from &lt; $from or $need-end &gt; $to"/>
    <div class="bar">
      <div><b>bus numbers</b> below <code><xsl:choose><xsl:when test="@port='root'">the root</xsl:when><xsl:otherwise><xsl:value-of select="@port"/></xsl:otherwise></xsl:choose></code><br/>there <xsl:value-of select="@have"/>,
        <span class="pass"><xsl:if test="$lacks"><xsl:attribute name="class">fail</xsl:attribute></xsl:if>needed <xsl:value-of select="@need"/><xsl:if test="$lacks">: too few</xsl:if></span>
        <xsl:if test="@reservable"><br/><xsl:value-of select="@reservable"/> free behind them</xsl:if></div>
      <xsl:if test="@have and @need">
        <svg role="img" width="100%" height="34" viewBox="0 0 256 34" preserveAspectRatio="none"><title>buses 00 to ff: there <xsl:value-of select="@have"/>, needed <xsl:value-of select="@need"/></title>
          <rect class="back" width="256" height="34"/>
          <rect class="free" x="{$from}" y="2" width="{($to - $from + 1) * ($to &gt;= $from)}" height="14"/>
          <rect class="need" x="{$need-from}" y="18" width="{($need-to - $need-from + 1) * ($need-to &gt;= $need-from)}" height="14"><xsl:if test="$lacks"><xsl:attribute name="class">short</xsl:attribute></xsl:if></rect>
        </svg>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- of hexadecimal digits -->
  <xsl:template name="number">
    <xsl:param name="hex"/>
    <xsl:param name="so-far" select="0"/>
    <xsl:choose>
      <xsl:when test="$hex = ''"><xsl:value-of select="format-number($so-far, '0')"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="number"><xsl:with-param name="hex" select="substring($hex, 2)"/>
        <xsl:with-param name="so-far" select="$so-far * 16 + string-length(substring-before('0123456789abcdef', substring($hex, 1, 1)))"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- 0x...: bytes in the largest unit that they are whole in -->
  <xsl:template name="size">
    <xsl:param name="of"/>
    <xsl:variable name="n"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-after($of, 'x')"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="in-units"><xsl:with-param name="n" select="number($n)"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="in-units">
    <xsl:param name="n"/>
    <xsl:param name="units" select="'bytes KiB MiB GiB TiB PiB EiB '"/>
    <xsl:choose>
      <xsl:when test="$n &gt; 0 and $n mod 1024 = 0 and substring-after($units, ' ') != ''"><xsl:call-template name="in-units"><xsl:with-param name="n" select="$n div 1024"/><xsl:with-param name="units" select="substring-after($units, ' ')"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(format-number($n, '0'), ' ', substring-before($units, ' '))"/></xsl:otherwise>
    </xsl:choose>
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

  <!--
    The picture: PFs and what fails, and all that is above them. Which row a function is in, is its place in a text with a token of 32 characters for each row:
    its address from the second character on, how deep it is in the last two.
  -->
  <xsl:template name="picture">
    <xsl:variable name="pfs" select="r:function[@role='pf']"/>
    <xsl:variable name="failing" select="r:function[@role!='vf' and @role!='pf'][key('fails', concat(generate-id(..), @address)) or key('lacks', concat(generate-id(..), @address))]"/>
    <xsl:variable name="first" select="$pfs[key('fails', concat(generate-id(..), @address)) or key('lacks', concat(generate-id(..), @address))] | $failing"/>
    <xsl:variable name="wanted">
      <xsl:for-each select="$first[position() &lt;= 160]"><xsl:call-template name="above"/></xsl:for-each>
      <xsl:for-each select="$pfs[position() + count($first) &lt;= 160]"><xsl:call-template name="above"/></xsl:for-each>
      <xsl:text>|</xsl:text>
    </xsl:variable>
    <xsl:variable name="roots" select="r:function[not(@upstream) or not(key('at', concat(generate-id(..), @upstream)))][contains($wanted, concat('|', @address, '|'))]"/>
    <xsl:variable name="order">
      <xsl:for-each select="$roots">
        <xsl:variable name="p" select="position()"/>
        <xsl:variable name="bus"><xsl:call-template name="bus-of"/></xsl:variable>
        <xsl:variable name="before"><xsl:for-each select="$roots[$p - 1]"><xsl:call-template name="bus-of"/></xsl:for-each></xsl:variable>
        <xsl:if test="$bus != $before"><xsl:call-template name="token"><xsl:with-param name="text" select="concat('bus ', $bus)"/><xsl:with-param name="depth" select="0"/></xsl:call-template></xsl:if>
        <xsl:call-template name="rows"><xsl:with-param name="wanted" select="$wanted"/></xsl:call-template>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="$roots">
      <xsl:variable name="height" select="string-length($order) div 32 * 64 + 12"/>
      <xsl:variable name="drawn" select="r:function[contains($order, concat('|', @address, ' '))]"/>
      <xsl:variable name="host" select="key('fails', concat(generate-id(), 'host'))"/>
      <h2>The PCI Express tree</h2>
      <figure class="scroll" tabindex="0" aria-label="Picture of the PCI Express tree"><svg role="img" width="1120" height="{$height}" viewBox="0 0 1120 {$height}">
        <title>PCI Express tree from root complexes over ports to PFs and VFs</title>
        <desc>
          <xsl:variable name="said" select="$host | r:finding[@state='fail' and @role='root' and @severity!='info'][contains($order, concat('|', @subject, ' '))]"/>
          <xsl:variable name="short" select="r:plan[@limited-by='mmio' or @outcome='ENOMEM']/r:window[@lacks][contains($order, concat('|', @port, ' '))]"/>
          <xsl:for-each select="$said[position() &lt;= 16]">At <xsl:value-of select="@subject"/>: <xsl:value-of select="@id"/>: <xsl:value-of select="r:message"/><xsl:if test="substring(r:message, string-length(r:message)) != '.'">.</xsl:if><xsl:text> </xsl:text></xsl:for-each>
          <xsl:for-each select="$short[position() &lt;= 16]">At <xsl:value-of select="@port"/>: <xsl:call-template name="lack"/>. </xsl:for-each>
          <xsl:if test="count($said) &gt; 16">And <xsl:value-of select="count($said) - 16"/> more.</xsl:if>
          <xsl:if test="not($said | $short)">Nothing fails in it.</xsl:if>
        </desc>
        <xsl:for-each select="$roots">
          <xsl:variable name="p" select="position()"/>
          <xsl:variable name="bus"><xsl:call-template name="bus-of"/></xsl:variable>
          <xsl:variable name="before"><xsl:for-each select="$roots[$p - 1]"><xsl:call-template name="bus-of"/></xsl:for-each></xsl:variable>
          <xsl:if test="$bus != $before">
            <xsl:variable name="y" select="string-length(substring-before($order, concat('|bus ', $bus, ' '))) * 2 + 12"/>
            <xsl:variable name="known" select="starts-with(@port-type, 'root') or substring-after($bus, ':') = '00'"/>
            <rect x="10" y="{$y}" width="330" height="40" rx="6">
              <xsl:attribute name="class">node<xsl:if test="not($known)"> dash</xsl:if><xsl:if test="$p = 1 and $host[@severity='error']"> bad</xsl:if></xsl:attribute>
              <title>bus <xsl:value-of select="$bus"/></title>
            </rect>
            <text class="m" x="20" y="{$y + 17}"><xsl:if test="$known">root </xsl:if>bus <xsl:value-of select="$bus"/></text>
            <text class="s" x="20" y="{$y + 33}"><xsl:choose><xsl:when test="$known">root complex</xsl:when><xsl:otherwise>what is above it is not known</xsl:otherwise></xsl:choose></text>
            <xsl:if test="$p = 1"><xsl:call-template name="notes"><xsl:with-param name="notes" select="$host"/><xsl:with-param name="x" select="352"/><xsl:with-param name="y" select="$y"/></xsl:call-template></xsl:if>
          </xsl:if>
        </xsl:for-each>
        <xsl:for-each select="$drawn"><xsl:call-template name="node"><xsl:with-param name="order" select="$order"/></xsl:call-template></xsl:for-each>
      </svg>
      <figcaption>From the root complex down to PFs; squares are VFs, filled where they exist, red where no bus leads to them. ✗ and red: what fails, and what it lacks.
        <xsl:variable name="left" select="count($pfs | $failing) - count($drawn[@role='pf'] | $failing[contains($order, concat('|', @address, ' '))])"/>
        <xsl:if test="$left"><xsl:text> </xsl:text><xsl:value-of select="$left"/> more functions are not drawn.</xsl:if></figcaption></figure>
    </xsl:if>
  </xsl:template>

  <!-- of a function: domain and bus -->
  <xsl:template name="bus-of"><xsl:value-of select="concat(substring-before(@address, ':'), ':', substring-before(substring-after(@address, ':'), ':'))"/></xsl:template>

  <xsl:template name="above">
    <xsl:param name="left" select="32"/>
    <xsl:value-of select="concat('|', @address)"/>
    <xsl:if test="@upstream and $left &gt; 0">
      <xsl:for-each select="key('at', concat(generate-id(..), @upstream))[1]"><xsl:call-template name="above"><xsl:with-param name="left" select="$left - 1"/></xsl:call-template></xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="token">
    <xsl:param name="text"/>
    <xsl:param name="depth"/>
    <xsl:value-of select="concat('|', substring(concat($text, '                             '), 1, 29), format-number($depth, '00'))"/>
  </xsl:template>

  <xsl:template name="rows">
    <xsl:param name="wanted"/>
    <xsl:param name="depth" select="1"/>
    <xsl:call-template name="token"><xsl:with-param name="text" select="@address"/><xsl:with-param name="depth" select="$depth"/></xsl:call-template>
    <xsl:if test="$depth &lt; 40">
      <xsl:for-each select="key('below', concat(generate-id(..), @address))[contains($wanted, concat('|', @address, '|'))]">
        <xsl:call-template name="rows"><xsl:with-param name="wanted" select="$wanted"/><xsl:with-param name="depth" select="$depth + 1"/></xsl:call-template>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- a port or a PF: the line from above, the box, what is wrong with it, its VFs -->
  <xsl:template name="node">
    <xsl:param name="order"/>
    <xsl:variable name="at" select="string-length(substring-before($order, concat('|', @address, ' ')))"/>
    <xsl:variable name="deep" select="number(substring($order, $at + 31, 2))"/>
    <xsl:variable name="depth" select="$deep * ($deep &lt; 12) + 12 * ($deep &gt;= 12)"/>
    <xsl:variable name="x" select="10 + $depth * 26"/>
    <xsl:variable name="y" select="$at * 2 + 12"/>
    <xsl:variable name="bus"><xsl:call-template name="bus-of"/></xsl:variable>
    <xsl:variable name="parent">
      <xsl:choose><xsl:when test="$deep = 1"><xsl:value-of select="concat('|bus ', $bus, ' ')"/></xsl:when><xsl:otherwise><xsl:value-of select="concat('|', @upstream, ' ')"/></xsl:otherwise></xsl:choose>
    </xsl:variable>
    <xsl:variable name="from" select="string-length(substring-before($order, $parent)) * 2 + 52"/>
    <xsl:variable name="vf" select="r:vf/@address"/>
    <xsl:variable name="notes" select="key('fails', concat(generate-id(..), @address)) | key('lacks', concat(generate-id(..), @address)) | key('fail', generate-id(..))[@subject = $vf]"/>
    <xsl:variable name="bad"><xsl:if test="$notes[not(@severity) or @severity='error']"> bad</xsl:if></xsl:variable>
    <path class="edge{$bad}" d="M{$x - 14} {$from}V{$y + 20}H{$x}"/>
    <rect x="{$x}" y="{$y}" width="330" height="40" rx="6">
      <xsl:attribute name="class">node<xsl:if test="@role='pf'"> pf</xsl:if><xsl:value-of select="$bad"/></xsl:attribute>
      <title><xsl:value-of select="@address"/></title>
    </rect>
    <text class="m" x="{$x + 10}" y="{$y + 17}"><xsl:value-of select="@address"/><xsl:text>  </xsl:text>
      <xsl:choose><xsl:when test="@role='pf'">PF</xsl:when><xsl:when test="@port-type"><xsl:value-of select="translate(@port-type, '-', ' ')"/></xsl:when><xsl:otherwise><xsl:value-of select="@role"/></xsl:otherwise></xsl:choose></text>
    <xsl:variable name="what">
      <xsl:choose>
        <xsl:when test="r:bus/@secondary">buses <xsl:value-of select="r:bus/@secondary"/>-<xsl:value-of select="r:bus/@subordinate"/> below</xsl:when>
        <xsl:when test="@vendor"><xsl:value-of select="concat(@vendor, ':', @device)"/><xsl:if test="@driver"> · <xsl:value-of select="@driver"/></xsl:if><xsl:if test="@interface"> · <xsl:value-of select="@interface"/></xsl:if></xsl:when>
        <xsl:otherwise>not read</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <text class="s" x="{$x + 10}" y="{$y + 33}"><xsl:value-of select="substring($what, 1, 50)"/></text>
    <xsl:call-template name="notes"><xsl:with-param name="notes" select="$notes"/><xsl:with-param name="x" select="$x + 342"/><xsl:with-param name="y" select="$y"/></xsl:call-template>
    <xsl:if test="$vf">
      <xsl:variable name="each" select="ceiling(count(r:vf) div 64)"/>
      <xsl:variable name="last"><xsl:call-template name="number"><xsl:with-param name="hex" select="string(key('at', concat(generate-id(..), @upstream))/r:bus/@subordinate)"/></xsl:call-template></xsl:variable>
      <xsl:variable name="ends" select="boolean(key('at', concat(generate-id(..), @upstream))/r:bus/@subordinate)"/>
      <g>
        <title><xsl:value-of select="count(r:vf)"/> VFs, <xsl:value-of select="count(r:vf[@exists='true'])"/> exist</title>
        <xsl:for-each select="r:vf[(position() - 1) mod $each = 0]">
          <xsl:variable name="end" select="(. | following-sibling::r:vf[position() &lt; $each])[last()]/@address"/>
          <xsl:variable name="on"><xsl:call-template name="number"><xsl:with-param name="hex" select="substring-before(substring-after($end, ':'), ':')"/></xsl:call-template></xsl:variable>
          <rect x="{$x + 26 + 11 * (position() - 1)}" y="{$y + 45}" width="8" height="8">
            <xsl:attribute name="class">vf<xsl:choose><xsl:when test="not($end) or ($ends and $on &gt; $last and not(starts-with($end, concat($bus, ':'))))"> bad</xsl:when>
              <xsl:when test="@exists='true' or following-sibling::r:vf[position() &lt; $each][@exists='true']"> there</xsl:when></xsl:choose></xsl:attribute>
          </rect>
        </xsl:for-each>
        <text class="s" x="{$x + 32 + 11 * ceiling(count(r:vf) div $each)}" y="{$y + 54}"><xsl:value-of select="count(r:vf[@exists='true'])"/> of <xsl:value-of select="count(r:vf)"/> VFs exist<xsl:if test="$each &gt; 1">; a square is <xsl:value-of select="$each"/></xsl:if></text>
      </g>
    </xsl:if>
  </xsl:template>

  <!-- beside a box: causes by their id, and windows that are too small; three lines at most -->
  <xsl:template name="notes">
    <xsl:param name="notes"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:variable name="n" select="count($notes)"/>
    <xsl:variable name="lines" select="$n * ($n &lt;= 3) + 3 * ($n &gt; 3)"/>
    <xsl:variable name="room" select="floor((1120 - $x) div 7.5) - 2"/>
    <xsl:for-each select="$notes[position() &lt;= 3 - ($n &gt; 3)]">
      <xsl:variable name="text"><xsl:choose><xsl:when test="@id"><xsl:value-of select="concat(@id, ': ', r:message)"/></xsl:when><xsl:otherwise><xsl:call-template name="lack"/></xsl:otherwise></xsl:choose></xsl:variable>
      <text x="{$x}" y="{$y + 25 - ($lines - 1) * 8 + (position() - 1) * 16}">
        <xsl:attribute name="class">note<xsl:if test="@severity='warning'"> warn</xsl:if></xsl:attribute>
        <title><xsl:value-of select="$text"/></title>
        <xsl:choose><xsl:when test="@severity='warning'">! </xsl:when><xsl:otherwise>✗ </xsl:otherwise></xsl:choose>
        <xsl:value-of select="substring($text, 1, $room)"/><xsl:if test="string-length($text) &gt; $room">…</xsl:if>
      </text>
    </xsl:for-each>
    <xsl:if test="$n &gt; 3"><text class="s" x="{$x}" y="{$y + 41}">and <xsl:value-of select="$n - 2"/> more</text></xsl:if>
  </xsl:template>

  <xsl:template name="lack"><xsl:value-of select="@kind"/> window lacks space: <xsl:call-template name="size"><xsl:with-param name="of" select="@needed"/></xsl:call-template> needed, <xsl:call-template name="size"><xsl:with-param name="of" select="@free"/></xsl:call-template> free</xsl:template>

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
